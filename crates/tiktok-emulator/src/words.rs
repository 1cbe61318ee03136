//! The words of the pages, in English and Vietnamese.

use serde::{Deserialize, Serialize};

/// A language of the pages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Language {
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "vi")]
    Vietnamese,
}

impl Language {
    /// From a tag such as `vi` or `vi-VN`.
    pub(crate) fn parse(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("vi") {
            Some(Self::Vietnamese)
        } else if primary.eq_ignore_ascii_case("en") {
            Some(Self::English)
        } else {
            None
        }
    }

    pub(crate) const fn words(self) -> &'static Words {
        match self {
            Self::English => &ENGLISH,
            Self::Vietnamese => &VIETNAMESE,
        }
    }
}

/// The language that an `Accept-Language` header likes best of ours.
pub(crate) fn preferred(header: &str) -> Language {
    let mut best = (0.0_f32, Language::default());
    for range in header.split(',') {
        let (tag, weight) = match range.split_once(";q=") {
            Some((tag, weight)) => (tag, weight.trim().parse().unwrap_or(0.0)),
            None => (range, 1.0),
        };
        if let Some(language) = Language::parse(tag)
            && weight > best.0
        {
            best = (weight, language);
        }
    }
    best.1
}

/// Every sentence of the pages. `{…}` stands for what a page puts in.
#[derive(Debug)]
pub(crate) struct Words {
    /// The tag of this language.
    pub(crate) tag: &'static str,
    /// The tag of the other language, and its name in itself.
    pub(crate) other: (&'static str, &'static str),
    pub(crate) ribbon: &'static str,

    pub(crate) log_in_title: &'static str,
    pub(crate) log_in_to_continue: &'static str,
    pub(crate) username: &'static str,
    pub(crate) password: &'static str,
    pub(crate) display_name: &'static str,
    pub(crate) log_in: &'static str,
    pub(crate) no_account: &'static str,
    pub(crate) accounts_here: &'static str,
    pub(crate) password_of_all: &'static str,
    pub(crate) wrong_password: &'static str,

    pub(crate) sign_up_title: &'static str,
    pub(crate) sign_up: &'static str,
    pub(crate) no_real_password: &'static str,
    pub(crate) have_account: &'static str,
    pub(crate) username_rule: &'static str,
    pub(crate) username_taken: &'static str,
    pub(crate) display_name_rule: &'static str,
    pub(crate) password_rule: &'static str,
    pub(crate) correct_fields: &'static str,

    pub(crate) consent_title: &'static str,
    pub(crate) wants_access: &'static str,
    pub(crate) logged_in_as: &'static str,
    pub(crate) switch_account: &'static str,
    pub(crate) this_will_allow: &'static str,
    pub(crate) basic_scope: &'static str,
    pub(crate) basic_required: &'static str,
    pub(crate) profile_scope: &'static str,
    pub(crate) stats_scope: &'static str,
    pub(crate) list_scope: &'static str,
    pub(crate) upload_scope: &'static str,
    pub(crate) publish_scope: &'static str,
    pub(crate) authorize: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) rehearse: &'static str,
    pub(crate) rehearse_label: &'static str,
    pub(crate) as_chosen: &'static str,
    pub(crate) comes_back_with: &'static str,
    pub(crate) expired_code: &'static str,
    pub(crate) token_fails: &'static str,
    pub(crate) token_invalid: &'static str,
    pub(crate) user_info_limited: &'static str,
    pub(crate) user_info_fails: &'static str,
    pub(crate) removed_later: &'static str,
    pub(crate) scope_removed_later: &'static str,
    pub(crate) never_back: &'static str,
    pub(crate) out_of_date: &'static str,

    pub(crate) logged_out_title: &'static str,
    pub(crate) logged_out: &'static str,
    pub(crate) logged_in_title: &'static str,
    pub(crate) log_out: &'static str,

    pub(crate) problem_title: &'static str,
    pub(crate) settings_problem: &'static str,
    pub(crate) correct_the_following: &'static str,
    pub(crate) not_a_tester: &'static str,
    pub(crate) authorization_ended: &'static str,
    pub(crate) start_again: &'static str,
    pub(crate) try_later: &'static str,
    pub(crate) no_page: &'static str,
    pub(crate) unreadable: &'static str,
}

static ENGLISH: Words = Words {
    tag: "en",
    other: ("vi", "Tiếng Việt"),
    ribbon: "Emulator — not TikTok",

    log_in_title: "Log in to TikTok",
    log_in_to_continue: "Log in to continue to {app}.",
    username: "Username",
    password: "Password",
    display_name: "Display name",
    log_in: "Log in",
    no_account: "Create a TikTok account",
    accounts_here: "Test accounts:",
    password_of_all: "Password for all of them:",
    wrong_password: "This username and password don’t match an account. Try again.",

    sign_up_title: "Create a TikTok account",
    sign_up: "Create account",
    no_real_password: "This account exists only in this emulator. Don’t reuse a real password.",
    have_account: "Already have an account? Log in",
    username_rule: "2 to 24 letters, digits, underscores and full stops; no full stop at the end.",
    username_taken: "This username is taken. Choose another one.",
    display_name_rule: "1 to 30 characters.",
    password_rule: "8 to 128 characters.",
    correct_fields: "Fix the highlighted fields and try again.",

    consent_title: "Authorize",
    wants_access: "{app} wants to access your TikTok account",
    logged_in_as: "Logged in as",
    switch_account: "Switch account",
    this_will_allow: "This will allow {app} to:",
    basic_scope: "Read your display name and avatar",
    basic_required: "Required",
    profile_scope: "Read your username, biography and profile link",
    stats_scope: "Read your counts of followers, likes and videos",
    list_scope: "Read your public videos",
    upload_scope: "Upload drafts to your account",
    publish_scope: "Post to your account",
    authorize: "Authorize",
    cancel: "Cancel",
    rehearse: "Simulate TikTok’s response",
    rehearse_label: "When you press Authorize",
    as_chosen: "As chosen above",
    comes_back_with: "Return the error {error}",
    expired_code: "Return an expired code",
    token_fails: "Return, then fail to exchange the code",
    token_invalid: "Grant a token that doesn’t work",
    user_info_limited: "Grant a token, then limit the rate of user info",
    user_info_fails: "Grant a token, then fail to tell user info",
    removed_later: "Grant a token, then refuse to renew it: the access was removed",
    scope_removed_later: "Grant a token, then renew it without the profile",
    never_back: "Never return to the app",
    out_of_date: "This page was out of date. Please try again.",

    logged_out_title: "Logged out",
    logged_out: "You are logged out of TikTok. You can close this window.",
    logged_in_title: "Logged in",
    log_out: "Log out",

    problem_title: "Something went wrong",
    settings_problem: "We couldn’t log in with TikTok. This may be due to specific app settings.",
    correct_the_following: "If you’re a developer, correct the following: {parameter}",
    not_a_tester: "{account} isn’t a tester of {app}, which is still in the sandbox.",
    authorization_ended: "This request has expired or was already used.",
    start_again: "Go back to the app and start again.",
    try_later: "Please try again later.",
    no_page: "Couldn’t find this page.",
    unreadable: "The form can’t be read.",
};

static VIETNAMESE: Words = Words {
    tag: "vi",
    other: ("en", "English"),
    ribbon: "Trình giả lập — không phải TikTok",

    log_in_title: "Đăng nhập vào TikTok",
    log_in_to_continue: "Đăng nhập để tiếp tục đến {app}.",
    username: "Tên người dùng",
    password: "Mật khẩu",
    display_name: "Tên hiển thị",
    log_in: "Đăng nhập",
    no_account: "Tạo tài khoản TikTok",
    accounts_here: "Tài khoản thử nghiệm:",
    password_of_all: "Mật khẩu chung:",
    wrong_password: "Tên người dùng và mật khẩu không khớp với tài khoản nào. Hãy thử lại.",

    sign_up_title: "Tạo tài khoản TikTok",
    sign_up: "Tạo tài khoản",
    no_real_password: "Tài khoản này chỉ có trong trình giả lập. Đừng dùng mật khẩu thật của bạn.",
    have_account: "Đã có tài khoản? Đăng nhập",
    username_rule: "Từ 2 đến 24 chữ cái không dấu, chữ số, dấu gạch dưới và dấu chấm; không kết thúc bằng dấu chấm.",
    username_taken: "Tên người dùng này đã có người dùng. Hãy chọn tên khác.",
    display_name_rule: "Từ 1 đến 30 ký tự.",
    password_rule: "Từ 8 đến 128 ký tự.",
    correct_fields: "Hãy sửa các trường được đánh dấu rồi thử lại.",

    consent_title: "Ủy quyền",
    wants_access: "{app} muốn truy cập vào tài khoản TikTok của bạn",
    logged_in_as: "Đã đăng nhập bằng",
    switch_account: "Chuyển tài khoản",
    this_will_allow: "Thao tác này cho phép {app}:",
    basic_scope: "Đọc tên hiển thị và ảnh đại diện của bạn",
    basic_required: "Bắt buộc",
    profile_scope: "Đọc tên người dùng, tiểu sử và liên kết hồ sơ của bạn",
    stats_scope: "Đọc số người theo dõi, lượt thích và video của bạn",
    list_scope: "Đọc các video công khai của bạn",
    upload_scope: "Tải bản nháp lên tài khoản của bạn",
    publish_scope: "Đăng bài lên tài khoản của bạn",
    authorize: "Ủy quyền",
    cancel: "Hủy",
    rehearse: "Mô phỏng phản hồi của TikTok",
    rehearse_label: "Khi bạn nhấp vào Ủy quyền",
    as_chosen: "Như đã chọn ở trên",
    comes_back_with: "Trả về lỗi {error}",
    expired_code: "Trả về một mã đã hết hạn",
    token_fails: "Quay lại ứng dụng, sau đó không đổi được mã",
    token_invalid: "Cấp một token không dùng được",
    user_info_limited: "Cấp token, sau đó giới hạn số lần đọc thông tin người dùng",
    user_info_fails: "Cấp token, sau đó không đọc được thông tin người dùng",
    removed_later: "Cấp token, sau đó từ chối gia hạn: quyền truy cập đã bị gỡ",
    scope_removed_later: "Cấp token, sau đó gia hạn nhưng thiếu quyền đọc hồ sơ",
    never_back: "Không quay lại ứng dụng",
    out_of_date: "Trang này đã cũ. Vui lòng thử lại.",

    logged_out_title: "Đã đăng xuất",
    logged_out: "Bạn đã đăng xuất khỏi TikTok. Bạn có thể đóng cửa sổ này.",
    logged_in_title: "Đã đăng nhập",
    log_out: "Đăng xuất",

    problem_title: "Đã xảy ra lỗi",
    settings_problem: "Không thể đăng nhập bằng TikTok. Nguyên nhân có thể là cài đặt của ứng dụng.",
    correct_the_following: "Nếu bạn là nhà phát triển, hãy sửa mục sau: {parameter}",
    not_a_tester: "{account} không phải là người thử nghiệm của {app}, ứng dụng vẫn đang trong sandbox.",
    authorization_ended: "Yêu cầu này đã hết hạn hoặc đã được sử dụng.",
    start_again: "Hãy quay lại ứng dụng và bắt đầu lại.",
    try_later: "Vui lòng thử lại sau.",
    no_page: "Không tìm thấy trang này.",
    unreadable: "Không đọc được biểu mẫu.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_that_is_liked_best_is_taken() {
        for (header, language) in [
            ("vi-VN,vi;q=0.9,en;q=0.8", Language::Vietnamese),
            ("en-GB,en;q=0.9,vi;q=0.8", Language::English),
            ("fr,vi;q=0.5,en;q=0.2", Language::Vietnamese),
            ("fr;q=1.0", Language::English),
            ("vi;q=0", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(preferred(header), language, "{header}");
        }
    }
}
