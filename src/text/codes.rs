//! Codes → words, by exhaustive matches: a new code doesn't compile until somebody has found words
//! for it.

use super::say;
use crate::client::Failure;
use crate::intl;
use crate::route::Route;
use contract::problem::{Code, Problem};
use domain::activity::Event;
use domain::ads_account::PaymentMethod;
use domain::authorization::Outcome;
use domain::business::Industry;
use domain::currency::Currency;
use domain::draft::{BudgetMode, CallToAction, Objective, OptimizationGoal, Stage, Step};
use domain::grant::GrantFault;
use domain::input::{Fault, Field, turns_text};
use domain::region::Language;

pub fn label(field: Field) -> String {
    match field {
        Field::Email => say::field_email(),
        Field::Password => say::field_password(),
        Field::NewEmail => say::field_new_email(),
        Field::NewPassword => say::field_new_password(),
        Field::Terms => say::field_terms(),
        Field::Region => say::field_region(),
        Field::Code => say::field_code(),
        Field::Name => say::field_name(),
        Field::Language => say::field_language(),
        Field::BusinessName => say::field_business_name(),
        Field::Industry => say::field_industry(),
        Field::Country => say::field_country(),
        Field::TimeZone => say::field_time_zone(),
        Field::Currency => say::field_currency(),
        Field::Phone => say::field_phone(),
        Field::Website => say::field_website(),
        Field::StreetAddress => say::field_street_address(),
        Field::City => say::field_city(),
        Field::PostalCode => say::field_postal_code(),
        Field::PaymentMethod => say::field_payment_method(),
        Field::CampaignName => say::field_campaign_name(),
        Field::Objective => say::field_objective(),
        Field::BudgetMode => say::field_budget_mode(),
        Field::Budget => say::field_budget(),
        Field::AdGroupName => say::field_ad_group_name(),
        Field::Location => say::field_location(),
        Field::OptimizationGoal => say::field_optimization_goal(),
        Field::ScheduleStart => say::field_schedule_start(),
        Field::ScheduleEnd => say::field_schedule_end(),
        Field::AdName => say::field_ad_name(),
        Field::Identity => say::field_identity(),
        Field::AdText => say::field_ad_text(),
        Field::CallToAction => say::field_call_to_action(),
        Field::LandingPage => say::field_landing_page(),
    }
}

/// What a campaign is called that has this name.
pub fn campaign(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        say::campaigns_untitled()
    } else {
        name.to_owned()
    }
}

/// What is wrong with a field.
pub fn fault(field: Field, fault: &Fault) -> String {
    match fault {
        Fault::Missing => missing(field),
        Fault::TooShort { min } => say::fault_too_short(&intl::number(*min)),
        Fault::TooLong { max } => say::fault_too_long(&intl::number(*max)),
        Fault::Malformed => malformed(field),
        Fault::NotAgreed => say::fault_not_agreed(),
        Fault::NotAChoice => say::fault_not_a_choice(),
        Fault::Emoji { character } => say::fault_emoji(character),
        // It can't be seen: its number can be looked up.
        Fault::Forbidden { character } if turns_text(*character) => {
            say::fault_turns_text(&format!("U+{:04X}", u32::from(*character)))
        }
        Fault::Forbidden { character } if matches!(field, Field::Email | Field::NewEmail) => {
            say::fault_forbidden_email(&character.to_string())
        }
        Fault::Forbidden { character } => say::fault_forbidden(&character.to_string()),
        Fault::BelowMinimum { minor, currency } => {
            say::fault_below_minimum(&intl::money(*minor, *currency))
        }
        Fault::OtherCurrency { currency } => {
            say::fault_other_currency(&intl::currency_name(*currency), currency.as_str())
        }
        Fault::Unchanged => say::fault_unchanged(),
        Fault::LikeEmail => say::fault_like_email(),
        Fault::Common => say::fault_common(),
        Fault::EndsBeforeStart => say::fault_ends_before_start(),
        Fault::Past => say::fault_past(),
        Fault::TooFar { years } => say::fault_too_far(&intl::number(*years)),
        Fault::NoSuchTime => say::fault_no_such_time(),
        Fault::Wrong { left: 0 } => say::fault_wrong_last(),
        Fault::Wrong { left: 1 } => say::fault_wrong_one_left(),
        Fault::Wrong { left } => say::fault_wrong(&intl::number(*left)),
        Fault::Superseded => say::fault_superseded(),
        Fault::Spent => say::fault_spent(),
    }
}

/// What to do about an empty field, where "fill this in" isn't the best that can be said.
fn missing(field: Field) -> String {
    match field {
        Field::Email | Field::NewEmail => say::fault_missing_email(),
        Field::Password | Field::NewPassword => say::fault_missing_password(),
        Field::Code => say::fault_missing_code(),
        Field::Region
        | Field::Language
        | Field::Industry
        | Field::Country
        | Field::TimeZone
        | Field::Currency
        | Field::PaymentMethod
        | Field::Objective
        | Field::BudgetMode
        | Field::Location
        | Field::OptimizationGoal
        | Field::CallToAction => say::fault_missing_choice(),
        Field::Identity => say::fault_missing_identity(),
        Field::Terms => say::fault_not_agreed(),
        Field::Name
        | Field::BusinessName
        | Field::Phone
        | Field::Website
        | Field::StreetAddress
        | Field::City
        | Field::PostalCode
        | Field::CampaignName
        | Field::Budget
        | Field::AdGroupName
        | Field::ScheduleStart
        | Field::ScheduleEnd
        | Field::AdName
        | Field::AdText
        | Field::LandingPage => say::fault_missing(),
    }
}

fn malformed(field: Field) -> String {
    match field {
        Field::Email | Field::NewEmail => say::fault_malformed_email(),
        Field::Code => say::fault_malformed_code(),
        Field::Phone => say::fault_malformed_phone(),
        Field::Website | Field::LandingPage => say::fault_malformed_address(),
        Field::Budget => say::fault_malformed_amount(),
        Field::ScheduleStart | Field::ScheduleEnd => say::fault_malformed_moment(),
        Field::Password
        | Field::NewPassword
        | Field::Terms
        | Field::Region
        | Field::Name
        | Field::Language
        | Field::BusinessName
        | Field::Industry
        | Field::Country
        | Field::TimeZone
        | Field::Currency
        | Field::StreetAddress
        | Field::City
        | Field::PostalCode
        | Field::PaymentMethod
        | Field::CampaignName
        | Field::Objective
        | Field::BudgetMode
        | Field::AdGroupName
        | Field::Location
        | Field::OptimizationGoal
        | Field::AdName
        | Field::Identity
        | Field::AdText
        | Field::CallToAction => say::fault_malformed(),
    }
}

pub fn problem(problem: &Problem) -> String {
    match problem.code {
        Code::InvalidInput => say::problem_invalid_input(),
        Code::MalformedRequest | Code::UnsupportedMediaType | Code::MethodNotAllowed => {
            say::problem_malformed_request()
        }
        Code::TooLarge => say::problem_too_large(),
        Code::NotFound => say::problem_not_found(),
        Code::CrossSite => say::problem_cross_site(),
        Code::CookiesRefused => say::problem_cookies_refused(),
        Code::NotLoggedIn => say::problem_not_logged_in(),
        Code::OtherAccount => say::problem_other_account(),
        Code::ConfirmFirst => say::problem_confirm_first(),
        Code::WrongCredentials => say::problem_wrong_credentials(),
        Code::TooManyRequests => {
            say::problem_too_many_requests(&intl::in_time(problem.retry_after_s.unwrap_or(60)))
        }
        Code::NotAvailable => say::gate_text(),
        Code::AlreadyLinked => say::problem_already_linked(),
        Code::AccountHasLink => say::problem_account_has_link(),
        Code::NotLinked => say::problem_not_linked(),
        Code::TransferWaits => say::problem_transfer_waits(),
        Code::LastLogInMethod => say::problem_last_log_in_method(),
        Code::NewLogInMethod => {
            let until = intl::in_seconds(problem.retry_after_s.unwrap_or_default());
            say::problem_new_log_in_method(&intl::date_time(until))
        }
        Code::ProofMissing => say::problem_proof_missing(),
        Code::InProgress => say::problem_in_progress(),
        Code::PasskeyUnknown => say::problem_passkey_unknown(),
        Code::PasskeyRefused => say::problem_passkey_refused(),
        Code::PasskeyExists => say::problem_passkey_exists(),
        Code::NoCodePending => say::problem_no_code_pending(),
        Code::EmailExists => say::problem_email_exists(),
        Code::EmailMissing => say::problem_email_missing(),
        Code::AdsAccountExists => say::problem_ads_account_exists(),
        Code::AdsAccountMissing => say::problem_ads_account_missing(),
        Code::DraftChanged => say::problem_draft_changed(),
        Code::DraftFinished => say::problem_draft_finished(),
        Code::TikTokUnavailable => say::problem_tiktok_unavailable(),
        Code::Unavailable => say::problem_unavailable(),
        Code::Internal => say::problem_internal(),
    }
}

/// Why there is no answer.
pub fn failure(failure: &Failure) -> String {
    match failure {
        Failure::Problem(it) => problem(it),
        Failure::Offline => say::failure_offline(),
        Failure::Unreadable => say::failure_unreadable(),
        Failure::NoPasskeys => say::failure_no_passkeys(),
    }
}

/// The heading of an outcome's page, and what it says.
pub fn outcome(outcome: Outcome) -> (String, String) {
    match outcome {
        Outcome::SignedUp => (
            say::outcome_signed_up_title(),
            say::outcome_signed_up_text(),
        ),
        Outcome::LoggedIn => (
            say::outcome_logged_in_title(),
            say::outcome_logged_in_text(),
        ),
        Outcome::ChooseAccount => (
            say::outcome_choose_account_title(),
            say::outcome_choose_account_text(),
        ),
        Outcome::Linked => (say::outcome_linked_title(), say::outcome_linked_text()),
        Outcome::AlreadyYours => (
            say::outcome_already_yours_title(),
            say::outcome_already_yours_text(),
        ),
        Outcome::AlreadyLinked => (
            say::outcome_already_linked_title(),
            say::outcome_already_linked_text(),
        ),
        Outcome::AccountHasLink => (
            say::outcome_account_has_link_title(),
            say::outcome_account_has_link_text(),
        ),
        Outcome::ConfirmNeeded => (
            say::outcome_confirm_needed_title(),
            say::outcome_confirm_needed_text(),
        ),
        Outcome::SessionEnded => (
            say::outcome_session_ended_title(),
            say::outcome_session_ended_text(),
        ),
        Outcome::Confirmed => (
            say::outcome_confirmed_title(),
            say::outcome_confirmed_text(),
        ),
        Outcome::ConfirmedByAnother => (
            say::outcome_confirmed_by_another_title(),
            say::outcome_confirmed_by_another_text(),
        ),
        Outcome::Cancelled => (
            say::outcome_cancelled_title(),
            say::outcome_cancelled_text(),
        ),
        Outcome::ScopeDenied => (
            say::outcome_scope_denied_title(),
            say::outcome_scope_denied_text(),
        ),
        Outcome::TikTokFailed => (
            say::outcome_tiktok_failed_title(),
            say::outcome_tiktok_failed_text(),
        ),
        Outcome::NotAvailable => (say::outcome_not_available_title(), say::gate_text()),
        Outcome::Expired => (say::outcome_expired_title(), say::outcome_expired_text()),
        Outcome::OtherBrowser => (
            say::outcome_other_browser_title(),
            say::outcome_other_browser_text(),
        ),
        Outcome::Unknown => (say::outcome_unknown_title(), say::outcome_unknown_text()),
    }
}

/// What happened to an account.
pub fn event(event: Event) -> String {
    match event {
        Event::SignedUp => say::activity_signed_up(),
        Event::LoggedInByPassword => say::activity_logged_in_by_password(),
        Event::LoggedInByTiktok => say::activity_logged_in_by_tiktok(),
        Event::LoggedInByPasskey => say::activity_logged_in_by_passkey(),
        Event::TransferBegun => say::activity_transfer_begun(),
        Event::TransferStopped => say::activity_transfer_stopped(),
        Event::PasskeyAdded => say::activity_passkey_added(),
        Event::PasskeyRemoved => say::activity_passkey_removed(),
        Event::ProofRefused => say::activity_proof_refused(),
        Event::LogInFailed => say::activity_log_in_failed(),
        Event::SessionsEnded => say::activity_sessions_ended(),
        Event::PasswordChanged => say::activity_password_changed(),
        Event::PasswordReset => say::activity_password_reset(),
        Event::EmailAdded => say::activity_email_added(),
        Event::EmailChanged => say::activity_email_changed(),
        Event::TakenBack => say::activity_taken_back(),
        Event::Linked => say::linked_title(),
        Event::Unlinked => say::unlink_done(),
        Event::AuthorizationLost => say::activity_authorization_lost(),
        Event::AuthorizedAgain => say::activity_authorized_again(),
        Event::DataDownloaded => say::activity_data_downloaded(),
        Event::DeletionAsked => say::activity_deletion_asked(),
        Event::DeletionStopped => say::activity_deletion_stopped(),
        Event::Deleted => say::activity_deleted(),
    }
}

/// Why the owner of a linked TikTok account has to authorize it again.
pub fn grant_fault(fault: GrantFault) -> String {
    match fault {
        GrantFault::Revoked => say::grant_revoked(),
        GrantFault::Expired => say::grant_expired(),
        GrantFault::ScopeMissing => say::grant_scope_missing(),
    }
}

/// The name of an industry.
pub fn industry(industry: Industry) -> String {
    match industry {
        Industry::Apparel => say::industry_apparel(),
        Industry::Appliances => say::industry_appliances(),
        Industry::Apps => say::industry_apps(),
        Industry::Automotive => say::industry_automotive(),
        Industry::Baby => say::industry_baby(),
        Industry::Beauty => say::industry_beauty(),
        Industry::BusinessServices => say::industry_business_services(),
        Industry::Education => say::industry_education(),
        Industry::Electronics => say::industry_electronics(),
        Industry::FinancialServices => say::industry_financial_services(),
        Industry::FoodAndBeverage => say::industry_food_and_beverage(),
        Industry::Games => say::industry_games(),
        Industry::Health => say::industry_health(),
        Industry::Home => say::industry_home(),
        Industry::Media => say::industry_media(),
        Industry::Pets => say::industry_pets(),
        Industry::RealEstate => say::industry_real_estate(),
        Industry::Retail => say::industry_retail(),
        Industry::Sports => say::industry_sports(),
        Industry::Travel => say::industry_travel(),
        Industry::Other => say::industry_other(),
    }
}

/// A way to pay: its name, and what follows from it.
pub fn payment_method(method: PaymentMethod) -> (String, String) {
    match method {
        PaymentMethod::Manual => (say::payment_manual_title(), say::payment_manual_text()),
        PaymentMethod::Automatic => (
            say::payment_automatic_title(),
            say::payment_automatic_text(),
        ),
    }
}

/// An objective: its name, and what follows from it.
pub fn objective(objective: Objective) -> (String, String) {
    match objective {
        Objective::WebConversions => (
            say::objective_web_conversions_title(),
            say::objective_web_conversions_text(),
        ),
        Objective::LeadGeneration => (
            say::objective_lead_generation_title(),
            say::objective_lead_generation_text(),
        ),
        Objective::AppPromotion => (
            say::objective_app_promotion_title(),
            say::objective_app_promotion_text(),
        ),
    }
}

/// How a budget is meant.
pub fn budget_mode(mode: BudgetMode) -> String {
    match mode {
        BudgetMode::Daily => say::budget_mode_daily(),
        BudgetMode::Total => say::budget_mode_total(),
    }
}

/// What may be spent, and on what time where that is known.
pub fn budget(minor: i64, currency: Currency, mode: Option<BudgetMode>) -> String {
    let amount = intl::money(minor, currency);
    match mode {
        Some(BudgetMode::Daily) => say::campaign_budget_read_daily(&amount),
        Some(BudgetMode::Total) => say::campaign_budget_read_total(&amount),
        None => amount,
    }
}

/// What an ad group is optimised for.
pub fn optimization_goal(goal: OptimizationGoal) -> String {
    match goal {
        OptimizationGoal::Click => say::optimization_goal_click(),
        OptimizationGoal::Conversion => say::optimization_goal_conversion(),
        OptimizationGoal::Reach => say::optimization_goal_reach(),
    }
}

/// The words on an ad's button.
pub fn call_to_action(call: CallToAction) -> String {
    match call {
        CallToAction::LearnMore => say::call_to_action_learn_more(),
        CallToAction::ShopNow => say::call_to_action_shop_now(),
        CallToAction::SignUp => say::call_to_action_sign_up(),
        CallToAction::DownloadNow => say::call_to_action_download_now(),
        CallToAction::ContactUs => say::call_to_action_contact_us(),
    }
}

pub fn step(step: Step) -> String {
    match step {
        Step::Campaign => say::step_campaign(),
        Step::AdGroup => say::step_ad_group(),
        Step::Ad => say::step_ad(),
    }
}

/// How far a campaign is, in a list.
pub fn stage(stage: Stage) -> String {
    match stage {
        Stage::Editing { step: open } => say::campaigns_stage_editing(&step(open)),
        Stage::Finished => say::campaigns_stage_finished(),
    }
}

/// A language by its own name.
pub const fn language_name(language: Language) -> &'static str {
    match language {
        Language::English => "English",
        Language::Vietnamese => "Tiếng Việt",
        Language::Indonesian => "Bahasa Indonesia",
        Language::Malay => "Bahasa Melayu",
        Language::Thai => "ภาษาไทย",
        Language::Japanese => "日本語",
        Language::Korean => "한국어",
        Language::SimplifiedChinese => "简体中文",
        Language::TraditionalChinese => "繁體中文",
    }
}

/// The words of a link to a page.
pub fn go_to(route: &Route) -> String {
    match route {
        Route::LogIn { .. } | Route::LogInByPasskey { .. } => say::go_log_in(),
        Route::SignUp => say::go_sign_up(),
        Route::VerifyEmail => say::go_verify_email(),
        Route::ResetPassword => say::reset_password_title(),
        Route::ChooseAccount => say::go_choose_account(),
        Route::CreateAdsAccount => say::go_create_ads_account(),
        Route::Welcome => say::go_welcome(),
        Route::Campaigns => say::go_campaigns(),
        Route::BusinessCenter => say::go_business_center(),
        Route::Profile { .. } => say::go_profile(),
        Route::AddEmail => say::go_add_email(),
        Route::ChangePassword => say::change_password(),
        Route::Passkeys => say::passkeys(),
        Route::Sessions => say::sessions_title(),
        Route::MyData => say::my_data(),
        Route::MoveLink => say::move_link(),
        Route::FinishLink => say::go_finish_link(),
        Route::Campaign { .. } => say::go_ad(),
        Route::Home
        | Route::TikTokCallback { .. }
        | Route::TikTokWaiting
        | Route::TikTokOutcome { .. } => say::go_home(),
    }
}
