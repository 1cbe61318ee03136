//! A passkey in use: the host gives a challenge, the passkey signs it, the host looks at what was signed.

use crate::credentials;
use crate::form::{FailureBanner, Form};
use crate::text::say;
use crate::ui::{Button, ButtonKind};
use contract::passkeys::{AskForPasskey, Assertion, ConfirmByPasskey as Request, PasskeyPurpose};
use leptos::prelude::*;

/// Asks for a passkey and does `done` with what it has signed. To be called by a form whose page ends with
/// [`credentials::abort`].
pub fn use_passkey<Then>(
    form: Form,
    purpose: PasskeyPurpose,
    done: impl FnOnce(Assertion) -> Then + 'static,
) where
    Then: Future<Output = ()> + 'static,
{
    if let Err(failure) = credentials::check() {
        return form.refuse(failure);
    }
    form.send(
        &AskForPasskey { purpose },
        async move |request| match credentials::sign(request).await {
            Ok(assertion) => done(assertion).await,
            Err(failure) => form.refuse(failure),
        },
    );
}

/// The button by which whoever sits here confirms who they are, with what came of pressing it.
#[component]
pub fn ConfirmByPasskey(
    /// Told once it is confirmed.
    #[prop(into)]
    on_confirmed: Callback<()>,
) -> impl IntoView {
    on_cleanup(credentials::abort);
    let form = Form::new(|| None);
    let press = Callback::new(move |()| {
        use_passkey(form, PasskeyPurpose::Confirm, async move |assertion| {
            if form.follow_up(&Request { assertion }).await.is_some() {
                // The dialog may have been left meanwhile.
                let _ = on_confirmed.try_run(());
            }
        });
    });
    view! {
        <FailureBanner failure=form.failure()/>
        <Button kind=ButtonKind::Secondary wide=true pending=form.pending() on_click=press>
            {say::passkey_use}
        </Button>
    }
}
