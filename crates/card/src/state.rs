//! Where the standoff stands: everything of the past that payoffs and possible actions depend on.
//!
//! Words climb a ladder and can be walked back; a sale, an escalation, a pause, a backstop and a spike happen once. What can be
//! done now and what follows from doing it are decided here and nowhere else, so the tree and the payoffs agree.

use crate::structure::{IssuerAction, SellerAction, Structure};

/// The seller's words so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Words {
    /// None.
    #[default]
    Silent,
    /// A sale was ruled out.
    Assured,
    /// A hint.
    Hinted,
    /// An explicit threat.
    Explicit,
    /// A hint or a threat was taken back.
    WalkedBack,
}

/// The seller's sales so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Sold {
    /// Nothing.
    #[default]
    Nothing,
    /// A part, for all to see.
    Small,
    /// The whole, for all to see.
    Big,
    /// The whole, in silence.
    Quietly,
}

/// The past, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct State {
    /// Rounds that ended without a deal.
    pub rounds: u8,
    /// Words.
    pub words: Words,
    /// Whether there ever was an explicit threat.
    pub threatened: bool,
    /// Whether a sale was ruled out and words or deeds followed.
    pub assurance_broken: bool,
    /// Sales.
    pub sold: Sold,
    /// Round in which the whole was sold quietly.
    pub quiet_round: u8,
    /// Whether the joiner joined.
    pub joined: bool,
    /// Whether yields spiked, and in which round (from 1; 0 for never).
    pub spike_round: u8,
    /// Whether the spike was answered by a pause in its own round.
    pub spike_paused: bool,
    /// Whether there was a pause.
    pub paused: bool,
    /// Round of an escalation (from 1; 0 for never).
    pub escalated_round: u8,
    /// Whether the issuer stands behind the market.
    pub backstopped: bool,
    /// Round of the deal (from 1; 0 for none).
    pub deal_round: u8,
    /// Whether the threat was carried out at the end.
    pub carried_out: bool,
}

impl State {
    /// What the seller can do now; one action alone is no choice.
    #[must_use]
    pub fn seller_actions(&self, structure: &Structure) -> Vec<SellerAction> {
        structure
            .seller
            .iter()
            .copied()
            .filter(|action| match action {
                SellerAction::Silent => true,
                SellerAction::Assure => {
                    self.sold == Sold::Nothing
                        && !matches!(self.words, Words::Assured | Words::WalkedBack)
                }
                SellerAction::Hint => {
                    self.sold == Sold::Nothing
                        && matches!(self.words, Words::Silent | Words::Assured)
                }
                SellerAction::Brandish => {
                    matches!(self.sold, Sold::Nothing | Sold::Small)
                        && !matches!(self.words, Words::Explicit | Words::WalkedBack)
                }
                SellerAction::SellSmall => self.sold == Sold::Nothing,
                SellerAction::SellBig => matches!(self.sold, Sold::Nothing | Sold::Small),
                // Who has threatened has said what a quiet sale would hide.
                SellerAction::SellQuietly => {
                    self.sold == Sold::Nothing
                        && matches!(self.words, Words::Silent | Words::Assured)
                }
            })
            .collect()
    }

    /// What the issuer can do now.
    #[must_use]
    pub fn issuer_actions(&self, structure: &Structure) -> Vec<IssuerAction> {
        let round = self.rounds + 1;
        let pressed = self.spike_round == round
            || self.words == Words::Explicit
            || matches!(self.sold, Sold::Small | Sold::Big);
        structure
            .issuer
            .iter()
            .copied()
            .filter(|action| match action {
                IssuerAction::Concede | IssuerAction::Hold => true,
                // There is something to put off after the first announcements and after an escalation.
                IssuerAction::Pause => {
                    !self.paused && (self.rounds == 0 || self.escalated_round > 0)
                }
                IssuerAction::Escalate => self.escalated_round == 0,
                IssuerAction::Backstop => pressed && !self.backstopped,
            })
            .collect()
    }

    /// After a move of the seller.
    #[must_use]
    pub fn after_seller(mut self, action: SellerAction) -> Self {
        let assured = self.words == Words::Assured;
        match action {
            SellerAction::Silent => {}
            SellerAction::Assure => {
                self.words = match self.words {
                    Words::Hinted | Words::Explicit => Words::WalkedBack,
                    _ => Words::Assured,
                }
            }
            SellerAction::Hint => {
                self.words = Words::Hinted;
                self.assurance_broken |= assured;
            }
            SellerAction::Brandish => {
                self.words = Words::Explicit;
                self.threatened = true;
                self.assurance_broken |= assured;
            }
            SellerAction::SellSmall => {
                self.sold = Sold::Small;
                self.assurance_broken |= assured;
            }
            SellerAction::SellBig => {
                self.sold = Sold::Big;
                self.assurance_broken |= assured;
            }
            SellerAction::SellQuietly => {
                self.sold = Sold::Quietly;
                self.quiet_round = self.rounds + 1;
                self.assurance_broken |= assured;
            }
        }
        self
    }

    /// After a move of the issuer other than conceding.
    #[must_use]
    pub fn after_issuer(mut self, action: IssuerAction) -> Self {
        self.rounds += 1;
        match action {
            IssuerAction::Concede => self.deal_round = self.rounds,
            IssuerAction::Hold => {}
            IssuerAction::Pause => {
                self.paused = true;
                self.spike_paused |= self.spike_round == self.rounds;
            }
            IssuerAction::Escalate => self.escalated_round = self.rounds,
            IssuerAction::Backstop => self.backstopped = true,
        }
        self
    }

    /// Whether a chance to carry the threat out is left when the rounds are over.
    #[must_use]
    pub fn can_carry_out(&self) -> bool {
        self.words == Words::Explicit && !self.is_sold_whole() && self.deal_round == 0
    }

    /// Whether the whole was sold.
    #[must_use]
    pub const fn is_sold_whole(&self) -> bool {
        matches!(self.sold, Sold::Big | Sold::Quietly)
    }

    /// Whether anything was sold.
    #[must_use]
    pub const fn is_sold(&self) -> bool {
        !matches!(self.sold, Sold::Nothing)
    }
}
