//! What the Federal Reserve and government accounts hold of each kind of marketable debt, as shares of what is outstanding.
//!
//! A share is face held over face outstanding, the same at every maturity: SOMA by maturity is in the snapshot for one day only, government
//! accounts by maturity for none. Either may be unknown on a day; then the net amounts that need it are left out.

use brandish_data::{GovernmentAccounts, SecurityKind, Soma};
use brandish_units::{Date, FaceUsd};

use crate::baseline::{Baseline, PricedSecurity};

/// Share of each kind that the Fed holds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct FedShares {
    pub bills: f64,
    pub notes_bonds: f64,
    pub tips: f64,
    pub frns: f64,
    /// Wednesday of the holdings.
    pub date: Date,
}

/// Face outstanding of some kinds, $bn.
pub(super) fn face_bn(securities: &[PricedSecurity], kinds: &[SecurityKind]) -> f64 {
    securities
        .iter()
        .filter(|security| kinds.contains(&security.record.kind))
        .map(|security| security.record.outstanding.bn())
        .sum()
}

impl FedShares {
    /// Face held over face outstanding; an error names the type of which no amount was published.
    pub fn of(soma: &Soma, securities: &[PricedSecurity]) -> Result<Self, String> {
        let held = |name: &str, amount: Option<FaceUsd>| {
            amount.map(|face| face.bn()).ok_or_else(|| {
                format!(
                    "SOMA of {} does not say how many {name} it holds",
                    soma.date
                )
            })
        };
        let share = |held: f64, kinds: &[SecurityKind]| {
            let outstanding = face_bn(securities, kinds);
            if outstanding > 0.0 && held <= outstanding {
                Ok(held / outstanding)
            } else {
                Err(format!(
                    "SOMA of {} holds ${held:.1}bn of {} of which ${outstanding:.1}bn are outstanding",
                    soma.date, kinds[0]
                ))
            }
        };
        Ok(Self {
            bills: share(held("bills", soma.bills)?, &[SecurityKind::Bill])?,
            notes_bonds: share(
                held("notes and bonds", soma.notes_bonds)?,
                &[SecurityKind::Note, SecurityKind::Bond],
            )?,
            tips: share(
                held("TIPS", soma.tips)? + held("TIPS", soma.tips_inflation_compensation)?,
                &[SecurityKind::Tips],
            )?,
            frns: share(held("FRNs", soma.frn)?, &[SecurityKind::Frn])?,
            date: soma.date,
        })
    }

    fn of_kind(self, kind: SecurityKind) -> f64 {
        match kind {
            SecurityKind::Bill => self.bills,
            SecurityKind::Note | SecurityKind::Bond => self.notes_bonds,
            SecurityKind::Tips => self.tips,
            SecurityKind::Frn => self.frns,
        }
    }
}

/// Share of each kind that government accounts hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct AccountsShares {
    pub bills: f64,
    pub notes: f64,
    pub bonds: f64,
    pub tips: f64,
    pub frns: f64,
    /// Face of all kinds.
    pub held: FaceUsd,
    /// First and last statement from which the kinds are.
    pub dates: (Date, Date),
}

impl AccountsShares {
    fn of(accounts: &GovernmentAccounts, securities: &[PricedSecurity]) -> Result<Self, String> {
        let share = |face: FaceUsd, kind: SecurityKind| {
            let outstanding = face_bn(securities, &[kind]);
            if outstanding > 0.0 && face.bn() <= outstanding {
                Ok(face.bn() / outstanding)
            } else {
                Err(format!(
                    "government accounts hold ${:.3}bn of {kind} of which ${outstanding:.1}bn are outstanding",
                    face.bn()
                ))
            }
        };
        let all = [
            &accounts.bills,
            &accounts.notes,
            &accounts.bonds,
            &accounts.tips,
            &accounts.frns,
        ];
        Ok(Self {
            bills: share(accounts.bills.face, SecurityKind::Bill)?,
            notes: share(accounts.notes.face, SecurityKind::Note)?,
            bonds: share(accounts.bonds.face, SecurityKind::Bond)?,
            tips: share(accounts.tips.face, SecurityKind::Tips)?,
            frns: share(accounts.frns.face, SecurityKind::Frn)?,
            held: FaceUsd::from_bn(all.iter().map(|class| class.face.bn()).sum()),
            dates: accounts.dates(),
        })
    }

    const fn of_kind(&self, kind: SecurityKind) -> f64 {
        match kind {
            SecurityKind::Bill => self.bills,
            SecurityKind::Note => self.notes,
            SecurityKind::Bond => self.bonds,
            SecurityKind::Tips => self.tips,
            SecurityKind::Frn => self.frns,
        }
    }
}

/// What stays inside: the Fed's share and that of government accounts, each with the reason where it is not known.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct HeldInside {
    pub fed: Result<FedShares, String>,
    pub accounts: Result<AccountsShares, String>,
}

impl HeldInside {
    /// Of the market of a day.
    pub fn of(baseline: &Baseline) -> Self {
        Self {
            fed: baseline
                .soma()
                .and_then(|soma| FedShares::of(soma, &baseline.securities)),
            accounts: baseline
                .government_accounts()
                .and_then(|accounts| AccountsShares::of(accounts, &baseline.securities)),
        }
    }

    /// The Fed's share of a kind: none where it is not known, and then no net of it is shown.
    pub(super) fn fed(&self, kind: SecurityKind) -> f64 {
        self.fed.as_ref().map_or(0.0, |fed| fed.of_kind(kind))
    }

    /// The share of government accounts, likewise.
    pub(super) fn accounts(&self, kind: SecurityKind) -> f64 {
        let shares = self.accounts.as_ref();
        shares.map_or(0.0, |accounts| accounts.of_kind(kind))
    }

    /// Whether both are known.
    pub const fn both_known(&self) -> bool {
        self.fed.is_ok() && self.accounts.is_ok()
    }
}
