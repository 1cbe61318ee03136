//! The scenarios that every host must pass: the service over the store in memory, the server over
//! HTTP and SQL, the mock in a browser. A host that answers differently from another is a defect.
//!
//! A host implements [`Host`] and makes one test of each scenario:
//!
//! ```text
//! macro_rules! tests {
//!     ($($module:ident::$name:ident;)+) => {$(
//!         #[test]
//!         fn $name() {
//!             block_on(scenarios::$name(&MyHost::seeded()));
//!         }
//!     )+};
//! }
//! scenarios::for_each!(tests);
//! ```
//!
//! Each scenario wants a host of its own, freshly seeded with the personas.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a scenario is a test: it fails by panicking"
)]

mod numbers;
mod person;

mod activity;
mod addresses;
mod ads_accounts;
mod authenticator;
mod callbacks;
mod codes;
mod deletions;
mod drafts;
mod grants;
mod journeys;
mod links;
mod passkeys;
mod passwords;
mod proofs;
mod repeats;
mod requests;
mod rollout;
mod sequences;
mod sessions;
mod strangers;
mod tabs;
mod texts;
mod transfers;

use contract::authorization::CompleteAuthorization;
use contract::problem::Problem;

pub use authenticator::Authenticator;
pub use deletions::{PERSONAL, PUBLIC_KEY, everybody_is_gone, somebody_leaves};
pub use numbers::Numbers;
pub use sequences::{SEEN as SEQUENCES_SEEN, sequences};
pub use tabs::{Tempted, two_tabs};

/// The password of all personas.
pub const PASSWORD: &str = "Portal-demo-2026";

/// What a request says of who sends it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sender<'a> {
    /// For whom the page that sends it was drawn.
    pub page: Option<&'a str>,
    /// The key by which it is known when it comes again.
    pub key: Option<&'a str>,
}

/// Somewhere the portal runs, seeded with the personas, with a TikTok whose pages can be walked.
#[expect(
    async_fn_in_trait,
    reason = "a scenario awaits its host where it runs; nobody sends the futures anywhere"
)]
pub trait Host {
    /// Someone's browser: it keeps cookies of the portal and of TikTok.
    type Browser: Clone;

    /// A browser that was never here, nor at TikTok.
    fn browser(&self) -> Self::Browser;

    /// Asks one use case, by its name in the table, in this browser. The body is JSON, or ought to
    /// be.
    async fn call(
        &self,
        browser: &mut Self::Browser,
        sender: Sender<'_>,
        name: &str,
        body: Vec<u8>,
    ) -> Result<Vec<u8>, Problem>;

    /// Goes to TikTok and does there what `visit` says. Gives what the callback's query brought,
    /// decoded, or nothing where TikTok sends nobody back.
    async fn at_tiktok(
        &self,
        browser: &mut Self::Browser,
        authorize_url: &str,
        visit: Visit,
    ) -> Option<CompleteAuthorization>;

    /// The browser opens TikTok's log-out page.
    async fn log_out_of_tiktok(&self, browser: &mut Self::Browser, log_out_url: &str);

    /// The origin of the portal's pages.
    fn origin(&self) -> String;

    /// The text of every letter to an address, the oldest first.
    async fn letters_to(&self, email: &str) -> Vec<String>;

    /// Lets time pass, for the portal and for TikTok.
    async fn advance(&self, minutes: u64);

    /// The host does what it does every ten minutes.
    async fn sweep(&self);
}

/// What someone does at TikTok. The password of every account there is [`PASSWORD`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visit {
    /// Logs in as this account, or switches to it, and presses Authorize.
    Authorize(&'static str),
    /// Is logged in there already, and presses Authorize only if TikTok asks.
    Return,
    /// Logs in as this account and presses Cancel.
    Cancel(&'static str),
    /// Logs in as this account and authorizes, but not `user.info.profile`.
    DenyProfile(&'static str),
    /// Creates a TikTok account with this username and display name, and authorizes.
    CreateAccount(&'static str, &'static str),
    /// Authorizes as this account, and TikTok fails so.
    Fail(&'static str, Failure),
}

/// How TikTok can fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It comes back with `error=server_error`.
    ServerError,
    /// It comes back with a code that has expired.
    CodeExpired,
    /// The code can't be exchanged.
    TokenFails,
    /// The code can be exchanged, and then nobody says whose it is.
    UserInfoFails,
    /// What it granted can't be renewed later: the user has taken the access away.
    RemovedLater,
    /// What it granted is renewed without `user.info.profile`: the user has turned it off.
    ScopeRemovedLater,
    /// It shows a page of its own and doesn't come back.
    NeverComesBack,
}

impl Failure {
    /// Those of an authorization.
    pub const AT_ONCE: [Self; 5] = [
        Self::ServerError,
        Self::CodeExpired,
        Self::TokenFails,
        Self::UserInfoFails,
        Self::NeverComesBack,
    ];
}

/// Hands the list of scenarios to the macro `$with`, as rows `module::name;`. The modules are for
/// reading; every scenario stands in the crate itself.
#[macro_export]
macro_rules! for_each {
    ($with:ident) => {
        $with! {
            rollout::outside_the_market_the_buttons_explain_themselves_and_email_works;
            rollout::a_linked_account_logs_in_from_anywhere;
            rollout::a_new_tiktok_account_from_outside_the_market_is_told_so;
            rollout::an_account_outside_the_market_cannot_link;

            journeys::someone_signs_up_with_tiktok;
            journeys::someone_creates_a_tiktok_account_on_the_way;
            journeys::someone_new_logs_in_with_tiktok;
            journeys::someone_links_the_account_they_have;
            journeys::someone_links_from_user_settings;
            journeys::someone_is_unable_to_link_and_takes_another_tiktok_account;
            journeys::someone_links_from_ad_creation;
            journeys::someone_signs_up_by_email;

            callbacks::a_cancelled_authorization_says_so_and_changes_nothing;
            callbacks::a_denied_scope_is_told_and_leads_nowhere;
            callbacks::every_failure_of_tiktok_is_told;
            callbacks::an_authorization_that_never_comes_back_expires;
            callbacks::a_callback_that_comes_twice_gives_the_same_page_and_one_effect;
            callbacks::a_callback_after_ten_minutes_is_too_late;
            callbacks::a_callback_in_another_browser_does_nothing;
            callbacks::a_callback_that_nobody_began_is_unknown;
            callbacks::a_sign_up_with_a_linked_account_logs_in;
            callbacks::a_returning_user_is_asked_again_only_when_it_helps;

            proofs::a_proof_makes_one_account_however_often_it_is_pressed;
            proofs::a_proof_is_of_use_for_ten_minutes;
            proofs::a_proof_is_of_no_use_for_another_intent;
            proofs::a_fork_in_two_browsers_has_one_winner;
            proofs::wrong_credentials_at_the_fork_leave_the_proof;
            proofs::an_account_with_a_link_at_the_fork_leaves_the_proof;
            proofs::the_terms_are_asked_for_at_the_fork;
            proofs::a_log_out_leaves_nothing_at_the_fork;
            proofs::a_proof_is_used_by_the_page_that_shows_it;

            links::a_link_that_is_mine_already_says_so_and_goes_on;
            links::a_business_account_takes_one_tiktok_account;
            links::a_failed_link_keeps_session_and_drafts;
            links::a_session_that_ended_at_tiktok_finishes_the_link_after_log_in;
            links::another_account_cannot_finish_the_link;
            links::a_waiting_link_that_another_made_meanwhile_is_told;
            links::a_waiting_link_is_finished_by_the_page_that_began_it;
            links::an_address_that_waits_is_nothing_to_another_account;
            links::a_stale_session_confirms_before_it_links;
            links::a_session_that_went_stale_at_tiktok_confirms_and_finishes;
            links::a_tiktok_only_account_confirms_at_tiktok;
            links::an_account_with_a_password_is_confirmed_by_nothing_else;
            links::the_last_way_to_log_in_is_kept;
            links::an_email_is_added_and_then_tiktok_unlinked;
            links::an_address_is_added_only_by_the_account_that_asked;
            links::an_address_that_came_meanwhile_is_not_replaced;
            links::another_code_for_an_account_wants_a_fresh_session;
            links::an_unlinked_account_can_be_linked_again_elsewhere;
            links::unlinking_needs_a_link_and_a_fresh_session;
            links::an_unlink_ends_the_sessions_that_tiktok_began;
            links::an_old_link_is_unlinked_as_well;

            grants::a_grant_is_renewed_for_as_long_as_tiktok_takes_it;
            grants::a_grant_that_was_taken_away_is_authorized_again_in_place;
            grants::a_grant_that_was_renewed_without_a_scope_says_so;
            grants::a_log_in_by_tiktok_authorizes_again;
            grants::authorizing_again_wants_a_fresh_session;
            grants::a_link_whose_grant_was_taken_away_is_unlinked;
            grants::a_persona_shows_a_link_that_is_to_be_authorized_again;

            activity::what_happens_to_the_ways_to_log_in_is_listed_the_newest_first;
            activity::wrong_passwords_and_a_reset_are_listed;
            activity::a_sign_up_and_a_log_in_by_tiktok_are_listed;
            activity::a_grant_that_was_lost_and_given_again_is_listed;
            activity::nobody_reads_the_activity_of_another;
            activity::what_is_older_than_180_days_is_listed_no_more;

            deletions::the_export_holds_all_there_is_and_no_secret;
            deletions::only_a_fresh_session_exports_or_deletes;
            deletions::an_account_is_deleted_14_days_after_its_owner_asked;
            deletions::an_account_without_an_address_is_deleted_as_well;
            deletions::who_keeps_the_account_keeps_all_of_it;
            deletions::asked_for_again_it_is_deleted_no_later;
            deletions::a_former_address_takes_back_what_is_to_be_deleted;
            deletions::a_code_of_before_opens_nothing_once_the_account_is_gone;

            passkeys::a_passkey_logs_in_and_confirms;
            passkeys::a_challenge_is_answered_once_in_its_browser_for_its_purpose;
            passkeys::what_is_signed_otherwise_is_refused;
            passkeys::a_copy_that_has_counted_less_is_refused;
            passkeys::another_account_has_no_use_of_a_passkey;
            passkeys::the_last_way_to_log_in_stays_with_passkeys;
            passkeys::a_passkey_has_a_name_and_an_account_twenty_of_them;
            passkeys::a_passkey_of_a_thief_is_gone_when_the_account_is_taken_back;
            passkeys::a_thief_who_changes_the_address_leaves_the_owner_their_passkey;
            passkeys::whoever_logs_in_by_a_passkey_is_named_by_it;
            passkeys::an_address_that_is_changed_back_leaves_no_passkey_of_meanwhile;
            passkeys::a_reset_removes_every_passkey;
            transfers::a_link_moves_a_day_after_both_sides_were_proven;
            transfers::either_side_stops_a_transfer;
            transfers::a_reset_on_either_side_stops_a_transfer;
            transfers::a_transfer_wants_both_sides_proven;
            transfers::a_transfer_that_would_break_a_rule_is_refused;
            transfers::a_link_that_alone_logs_in_does_not_move;
            transfers::a_link_stays_as_long_as_an_address_takes_its_account_back;
            transfers::an_address_that_takes_its_account_back_stops_a_transfer;
            transfers::a_transfer_ends_with_either_account;
            transfers::another_password_and_a_passkey_less_stop_a_transfer;
            transfers::a_transfer_that_is_refused_is_seen_where_it_was_proven;
            transfers::an_unlink_and_another_link_end_a_transfer;

            passwords::a_forgotten_password_is_replaced_by_a_code;
            passwords::another_code_for_a_new_password_takes_the_place_of_the_first;
            passwords::a_reset_asks_whether_the_linked_account_stays;
            passwords::a_reset_ends_a_link_that_is_under_way;
            passwords::a_changed_password_counts_at_once_and_ends_other_sessions;
            passwords::who_has_tiktok_alone_has_no_password_to_change;
            passwords::a_new_password_is_as_good_as_a_first_one;
            addresses::another_address_counts_once_its_code_is_typed;
            addresses::the_address_before_takes_the_account_back;
            addresses::the_address_before_is_told_of_another_password;
            addresses::the_first_of_several_addresses_takes_the_account_back;
            addresses::an_address_is_changed_back;
            addresses::an_address_takes_nothing_back_after_its_time;
            addresses::an_address_that_can_take_an_account_back_is_nobody_elses;
            addresses::a_code_ends_when_its_address_becomes_anothers;
            addresses::a_change_that_waits_ends_with_its_session;
            addresses::two_changes_at_once_end_in_one;
            addresses::a_change_tells_nothing_about_the_new_address;
            addresses::who_has_tiktok_alone_has_no_address_to_change;
            addresses::an_address_that_was_just_added_takes_nothing_back;

            codes::wrong_codes_are_counted_and_the_fifth_is_the_last;
            codes::a_code_lives_ten_minutes;
            codes::another_code_comes_after_a_minute_and_kills_the_first;
            codes::a_sign_up_that_is_sent_again_sends_one_letter;
            codes::codes_to_one_address_are_limited;
            codes::without_a_sign_up_there_is_no_code;
            codes::only_the_newest_sign_up_of_a_browser_waits;
            codes::two_sign_ups_of_one_address_make_one_account;
            codes::asking_for_a_code_too_soon_costs_nothing;
            codes::a_code_is_tried_for_the_address_that_the_page_shows;

            strangers::a_sign_up_never_tells_whether_an_address_has_an_account;
            strangers::a_reset_never_tells_whether_an_address_has_an_account;
            strangers::a_log_in_never_tells_whether_an_address_has_an_account;
            strangers::linking_an_account_never_tells_whether_an_address_has_one;
            strangers::moving_a_link_never_tells_whether_an_address_has_an_account;
            strangers::adding_an_address_never_tells_whether_it_has_an_account;

            sessions::a_log_in_leads_on_with_what_is_unfinished;
            sessions::a_log_out_ends_what_needs_a_session;
            sessions::a_session_that_nobody_uses_ends;
            sessions::a_session_ends_after_two_weeks_however_it_is_used;
            sessions::a_password_confirms_and_the_tenth_wrong_one_ends_the_session;
            sessions::a_log_in_as_another_replaces_the_session;
            sessions::a_page_acts_for_the_account_that_it_was_drawn_for;
            sessions::a_guest_is_told_to_log_in;
            sessions::a_page_whose_browser_keeps_no_cookies_is_told_before_anything_is_done;
            sessions::personal_info_is_kept;
            sessions::sessions_are_listed_and_one_is_ended;
            sessions::nobody_ends_a_session_of_another_account;
            sessions::all_other_sessions_are_ended_at_once;
            sessions::a_session_that_ended_by_itself_is_not_listed;
            sessions::ending_sessions_gives_a_guesser_no_new_tries;

            ads_accounts::an_ads_account_tells_every_fault_at_once;
            ads_accounts::an_ads_account_is_in_no_currency_that_has_ended;
            ads_accounts::a_phone_number_is_read_before_it_is_kept;
            ads_accounts::an_ads_account_is_created_once_and_completed_once;
            ads_accounts::campaigns_need_an_ads_account;

            drafts::a_draft_begun_twice_is_one;
            drafts::a_draft_is_kept_as_typed_and_two_tabs_cannot_overwrite_each_other;
            drafts::what_is_far_too_long_is_not_kept;
            drafts::another_accounts_draft_is_not_there;
            drafts::a_draft_is_finished_when_all_is_right_and_tells_every_fault_before;
            drafts::what_was_finished_is_edited_again_and_finished_again;
            drafts::a_copy_is_a_draft_of_its_own_under_a_name_of_its_own;
            drafts::a_schedule_that_cannot_be_kept_is_not_finished;
            drafts::an_unlink_takes_the_identity_out_of_the_drafts;
            drafts::a_link_from_an_ad_needs_a_draft_of_ones_own;
            drafts::drafts_are_listed_newest_first_and_deleted;
            drafts::a_list_tells_what_a_campaign_is_without_opening_it;

            texts::an_address_and_a_password_are_one_from_every_keyboard;
            texts::a_code_is_sent_only_where_every_server_takes_it;
            texts::a_code_is_read_in_the_digits_of_any_script;
            texts::a_text_is_kept_as_it_is_seen;

            repeats::what_changes_something_is_done_once_and_answered_twice;
            repeats::a_refusal_that_stays_is_told_twice_and_counted_once;
            repeats::a_sign_up_whose_answer_was_lost_is_confirmed;
            repeats::a_session_whose_cookie_was_lost_is_there_again;
            repeats::a_key_is_of_its_browser_its_use_case_and_its_request;
            repeats::a_log_out_forgets_what_was_answered;
            repeats::an_answer_is_for_who_was_here;
            repeats::an_answer_is_kept_for_ten_minutes;
            repeats::what_may_pass_is_tried_anew;

            requests::a_body_that_is_no_request_is_malformed;
            requests::an_unknown_use_case_is_not_found;
            requests::a_place_to_go_is_never_an_address;
            requests::every_sentinel_provokes_its_failure;
            requests::a_form_tells_every_fault_at_once;
        }
    };
}

macro_rules! declare {
    ($($module:ident :: $name:ident;)+) => {
        $(pub use $module::$name;)+

        /// The name of every scenario.
        pub const SCENARIOS: &[&str] = &[$(stringify!($name)),+];
    };
}

for_each!(declare);
