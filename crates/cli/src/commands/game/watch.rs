//! Time limit and Ctrl-C where the work does not look: while a large file is read and checked, or an elimination planned.
//!
//! Solvers ask between steps and end by themselves with what they know. A watching thread waits a moment for that and then
//! ends the process with the same exit code. Once the answer is there the watch is over, so that nothing is printed by half.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use crate::exit::Ending;
use crate::terminal::Terminal;

/// How often the thread looks.
const LOOK: Duration = Duration::from_millis(20);
/// How long the work may take to end by itself.
const GRACE: Duration = Duration::from_millis(500);

/// A watch over one command.
pub struct Watch {
    /// Taken once: by the answer, or by the end of time.
    taken: Arc<AtomicBool>,
}

impl Watch {
    /// Begins to watch; `stop` is what the solvers ask too.
    pub fn begin(
        terminal: Terminal,
        stop: impl Fn() -> bool + Send + 'static,
        interrupted: Arc<AtomicBool>,
    ) -> Watch {
        let taken = Arc::new(AtomicBool::new(false));
        let watched = Arc::clone(&taken);
        std::thread::spawn(move || {
            while !stop() {
                if watched.load(Ordering::Acquire) {
                    return;
                }
                std::thread::sleep(LOOK);
            }
            std::thread::sleep(GRACE);
            if watched.swap(true, Ordering::AcqRel) {
                return;
            }
            if interrupted.load(Ordering::Relaxed) {
                terminal.complain("interrupted: no point was certified, none is printed");
                std::process::exit(130);
            }
            terminal.complain(
                "error: the time limit is over before the first step (reading, checking or planning); no point was certified, none is printed. Allow more time or give a smaller game",
            );
            std::process::exit(3);
        });
        Watch { taken }
    }

    /// Ends the watch: the work is done and will be reported. Never returns if the end of time came first.
    pub fn done(&self) {
        while self.taken.swap(true, Ordering::AcqRel) {
            std::thread::sleep(LOOK);
        }
    }
}

/// The ending of an interrupted command.
pub fn interrupted(terminal: Terminal) -> Ending {
    terminal.complain("interrupted: no point was certified, none is printed");
    Ending::Interrupted
}
