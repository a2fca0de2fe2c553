//! Tells the crate whether the page's script and style have been built.
//!
//! `make web` leaves `web/dist/report.js` and `web/dist/report.css`; with both, the cfg `web_bundle` is set and the
//! crate embeds them. Without them the crate still builds, and its reports hold tables only and say so.

#![allow(clippy::print_stdout)] // a build script speaks to cargo through its standard output

use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rustc-check-cfg=cfg(web_bundle)");
    let web = Path::new("../../web");
    let files = [web.join("dist/report.js"), web.join("dist/report.css")];
    let texts: Vec<String> = files
        .iter()
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect();
    if texts.len() == files.len() && texts.iter().all(|text| !text.is_empty()) {
        for (file, text) in files.iter().zip(&texts) {
            let lower = text.to_lowercase();
            if ["</script", "</style", "<!--"]
                .iter()
                .any(|end| lower.contains(end))
            {
                println!(
                    "cargo::error={} would end its own element when embedded in a page",
                    file.display()
                );
            }
        }
        println!("cargo::rustc-cfg=web_bundle");
    }
    // A watched path that does not exist makes every build a rebuild, so the nearest one that exists is watched.
    for file in &files {
        if let Some(watched) = file
            .ancestors()
            .find(|path| path.exists())
            .filter(|path| path.starts_with(web))
        {
            println!("cargo::rerun-if-changed={}", watched.display());
        }
    }
    println!("cargo::rerun-if-changed=build.rs");
}
