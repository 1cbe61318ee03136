//! TikTok's own error page: "Something went wrong". From here nobody comes back to the app.

use super::{Page, Scene, escape, fill};
use bytes::Bytes;
use http::{Response, StatusCode};

/// Why an authorization can't go on.
pub(crate) enum Problem<'a> {
    /// A parameter of the authorize page is wrong: the developer's fault.
    Parameter(&'static str),
    /// The app is in the sandbox and the account isn't one of its testers.
    NotATester { account: &'a str },
    /// The authorization was answered, or nobody answered it for too long.
    Ended,
    /// TikTok failed, as it was asked to.
    Rehearsed,
    /// There is no such page.
    NotFound,
}

pub(crate) fn page(scene: &Scene<'_>, problem: &Problem<'_>) -> Response<Bytes> {
    let words = scene.words;
    let mut status = StatusCode::OK;
    let body = match problem {
        Problem::Parameter(parameter) => format!(
            "<p>{}</p>\n<p>{}</p>\n{}",
            words.settings_problem,
            fill(words.correct_the_following, "{parameter}", parameter),
            detail(&parameter_detail(parameter)),
        ),
        Problem::NotATester { account } => {
            let app = scene.app().map(|app| app.name.as_str()).unwrap_or_default();
            let sentence = words
                .not_a_tester
                .replace("{account}", account)
                .replace("{app}", app);
            format!(
                "<p>{}</p>\n{}{}<button type=\"submit\">{}</button>\n</form>\n",
                escape(&sentence),
                detail("error=non_sandbox_target"),
                scene.form("/switch"),
                words.switch_account,
            )
        }
        Problem::Ended => format!(
            "<p>{}</p>\n<p>{}</p>\n",
            words.authorization_ended, words.start_again
        ),
        Problem::Rehearsed => format!("<p>{}</p>\n", words.try_later),
        Problem::NotFound => {
            status = StatusCode::NOT_FOUND;
            format!("<p>{}</p>\n", words.no_page)
        }
    };
    scene.page(&Page {
        status,
        ..Page::new("problem", words.problem_title, body)
    })
}

/// What stands in the address of TikTok's page. The number is known for the challenge alone.
fn parameter_detail(parameter: &str) -> String {
    if parameter == "code_challenge" {
        "error=param_error&errCode=10007&error_type=code_challenge".to_owned()
    } else {
        format!("error=param_error&error_type={parameter}")
    }
}

fn detail(text: &str) -> String {
    format!("<p class=\"detail\"><code>{}</code></p>\n", escape(text))
}
