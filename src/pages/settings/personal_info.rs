//! How the portal calls someone, and in which language it writes to them.

use crate::document;
use crate::form::{Form, FormShell};
use crate::session::use_session;
use crate::text::{self, live, say};
use crate::typed::Typed;
use crate::ui::{Button, Card, Choice, SelectField, Show, TextField};
use contract::account::{Profile, UpdateProfile};
use contract::check::Check as _;
use domain::input::Field;
use domain::region::Language;
use leptos::prelude::*;

#[component]
pub fn PersonalInfo(
    /// What is known; what is saved becomes known.
    profile: RwSignal<Profile>,
) -> impl IntoView {
    let (name, language) = profile.with_untracked(|it| (it.name.clone(), it.language));
    let name = RwSignal::new(name);
    let language = RwSignal::new(language.tag().to_owned());
    let typed = Typed::keep("profile", vec![name, language]);
    let request = move || UpdateProfile {
        name: name.get(),
        language: Language::of_tag(&language.get()).unwrap_or_default(),
    };
    let form = Form::new(move || request().check().err());
    // It says so for as long as what stands there is what was saved.
    let saved = RwSignal::new(None::<(String, Language)>);
    let is_saved = Memo::new(move |_| {
        let UpdateProfile { name, language } = request();
        saved.get() == Some((name, language))
    });
    // Once it has come it stays: it may have the focus when what is typed is as it was.
    let has_changed = Memo::new(move |before: Option<&bool>| {
        let UpdateProfile { name, language } = request();
        let differs = profile.with(|known| (&known.name, known.language) != (&name, language));
        differs || before.copied().unwrap_or_default()
    });
    let session = use_session();
    let submit = move |()| {
        let sent = untrack(request);
        let what = (sent.name.clone(), sent.language);
        form.submit(&sent, async move |now| {
            typed.forget();
            profile.try_set(now);
            saved.try_set(Some(what));
            document::announce(&say::profile_saved());
            // The menu calls them by their name.
            session.refresh().await;
        });
    };
    let languages = Signal::derive(|| {
        Language::ALL
            .into_iter()
            .map(|language| Choice::new(language.tag(), text::language_name(language)))
            .collect::<Vec<_>>()
    });
    view! {
        <Card title=live(say::profile_name_title)>
            <FormShell form=form on_submit=Callback::new(submit)>
                <div class="stack">
                    <TextField
                        field=form.optional(Field::Name).hint(live(say::profile_name_hint))
                        value=name
                        autocomplete="name"
                    />
                    <SelectField
                        field=form.field(Field::Language).hint(live(say::profile_language_hint))
                        value=language
                        options=languages
                    />
                </div>
                <Show when=move || has_changed.get()>
                    <div class="form-actions save-actions">
                        <Button submit=true pending=form.pending()>{say::save}</Button>
                        <Show when=move || is_saved.get()>
                            <span class="saved">{say::profile_saved}</span>
                        </Show>
                    </div>
                </Show>
            </FormShell>
        </Card>
    }
}
