//! Each part of `src/ui/` with its variants and states. A test finds the part that has none here.

use crate::tool_text::{fixed, tool};
use leptos::prelude::*;
use portal::ui::{
    Avatar, Banner, BannerKind, Bond, BondEnd, BondState, Button, ButtonKind, ButtonLink, Card,
    Checkbox, Choice, Column, Combobox, DataTable, DateTimeField, DescriptionRow, Descriptions,
    Dialog, EmptyState, FieldProps, Glyph, Icon, Link, Menu, MenuButton, MenuDivider, MoneyField,
    PageHeading, PasswordField, PhoneField, ProblemPanel, Progress, ProgressBar, RadioCard,
    RadioCards, SelectField, Skeleton, Spinner, Stepper, StepperStep, Summary, SummaryItem, Switch,
    Tabs, TextArea, TextField, Toast, Tooltip,
};

/// A part: its name in the code, its variants with what each is called.
struct Part {
    name: &'static str,
    variants: Vec<(String, AnyView)>,
}

fn part(name: &'static str, variants: Vec<(String, AnyView)>) -> Part {
    Part { name, variants }
}

#[component]
pub fn Parts() -> impl IntoView {
    let parts = actions()
        .into_iter()
        .chain(lines())
        .chain(choices())
        .chain(sheets())
        .chain(waits())
        .chain(lists());
    parts
        .map(|Part { name, variants }| {
            let id = format!("part-{name}");
            let variants = variants.into_iter().map(|(what, view)| {
                view! {
                    <div class="tool-variant">
                        <p class="small muted">{what}</p>
                        {view}
                    </div>
                }
            });
            view! {
                <section class="tool-part" aria-labelledby=id.clone()>
                    <h2 id=id.clone()><code>{name}</code></h2>
                    <div class="tool-part-variants">{variants.collect_view()}</div>
                </section>
            }
        })
        .collect_view()
}

fn words() -> Signal<String> {
    fixed(tool::part_example)
}

fn text() -> Signal<String> {
    fixed(tool::part_text)
}

/// A field in one of the states that every field has.
fn asked(name: &'static str) -> FieldProps {
    FieldProps::new(name, fixed(tool::part_label)).hint(fixed(tool::part_hint))
}

fn wrong(name: &'static str) -> FieldProps {
    asked(name)
        .required()
        .error(Signal::derive(|| Some(tool::part_error())))
}

fn value() -> RwSignal<String> {
    RwSignal::new(String::new())
}

fn nothing() -> Callback<()> {
    Callback::new(|()| {})
}

fn actions() -> Vec<Part> {
    let kinds = [
        ButtonKind::Primary,
        ButtonKind::Secondary,
        ButtonKind::Quiet,
        ButtonKind::Danger,
        ButtonKind::TikTok,
    ];
    let mut buttons: Vec<_> = kinds
        .map(|kind| {
            let view = view! { <Button kind>{tool::part_example()}</Button> }.into_any();
            (format!("{kind:?}"), view)
        })
        .into();
    buttons.push((
        tool::part_pending(),
        view! { <Button kind=ButtonKind::Primary pending=true>{tool::part_example()}</Button> }
            .into_any(),
    ));
    let address = || "#part-link".to_owned();
    vec![
        part("button", buttons),
        part(
            "link",
            vec![
                (
                    tool::part_plain(),
                    view! { <Link href=address()>{tool::part_example()}</Link> }.into_any(),
                ),
                (
                    tool::part_other(),
                    view! { <ButtonLink href=address()>{tool::part_example()}</ButtonLink> }.into_any(),
                ),
            ],
        ),
        part(
            "menu",
            vec![(
                tool::part_plain(),
                view! {
                    <Menu name="parts" label=words() trigger=|| tool::part_example()>
                        <MenuButton on_click=nothing() glyph=Glyph::Check>{tool::part_example()}</MenuButton>
                        <MenuDivider/>
                        <MenuButton on_click=nothing()>{tool::part_other()}</MenuButton>
                    </Menu>
                }
                .into_any(),
            )],
        ),
        part("dialog", vec![(tool::part_plain(), view! { <Opened/> }.into_any())]),
        part("toast", vec![(tool::part_plain(), view! { <Told/> }.into_any())]),
        part(
            "tooltip",
            vec![(
                tool::part_plain(),
                view! {
                    <Tooltip id="part-tip".to_owned() words=text()>
                        <Button>{tool::part_example()}</Button>
                    </Tooltip>
                }
                .into_any(),
            )],
        ),
    ]
}

#[component]
fn Opened() -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Button on_click=Callback::new(move |()| open.set(true))>{tool::part_open()}</Button>
        <Show when=move || open.get()>
            <Dialog
                title=words()
                close_label=fixed(portal::text::say::close)
                on_close=Callback::new(move |()| open.set(false))
            >
                <p>{tool::part_text()}</p>
                <div class="dialog-actions">
                    <Button on_click=Callback::new(move |()| open.set(false))>{tool::part_other()}</Button>
                    <Button kind=ButtonKind::Primary on_click=Callback::new(move |()| open.set(false))>
                        {tool::part_example()}
                    </Button>
                </div>
            </Dialog>
        </Show>
    }
}

#[component]
fn Told() -> impl IntoView {
    let told = value();
    view! {
        <Button on_click=Callback::new(move |()| told.set(tool::part_text()))>{tool::part_open()}</Button>
        <Toast words=told close_label=fixed(portal::text::say::close)/>
    }
}

fn lines() -> Vec<Part> {
    let both =
        |one: AnyView, other: AnyView| vec![(tool::part_plain(), one), (tool::part_wrong(), other)];
    vec![
        part(
            "text_field",
            both(
                view! { <TextField field=asked("part_text") value=value()/> }.into_any(),
                view! { <TextField field=wrong("part_text_wrong") value=value()/> }.into_any(),
            ),
        ),
        part(
            "password_field",
            both(
                password(asked("part_password")),
                password(wrong("part_password_wrong")),
            ),
        ),
        part(
            "phone_field",
            both(phone(asked("part_phone")), phone(wrong("part_phone_wrong"))),
        ),
        part(
            "money_field",
            both(money(asked("part_money")), money(wrong("part_money_wrong"))),
        ),
        part(
            "date_time_field",
            both(
                view! { <DateTimeField field=asked("part_date") value=value()/> }.into_any(),
                view! { <DateTimeField field=wrong("part_date_wrong") value=value()/> }.into_any(),
            ),
        ),
        part(
            "text_area",
            both(
                view! { <TextArea field=asked("part_area") value=value()/> }.into_any(),
                view! { <TextArea field=wrong("part_area_wrong") value=value()/> }.into_any(),
            ),
        ),
    ]
}

fn password(field: FieldProps) -> AnyView {
    let (show, hide) = (
        fixed(portal::text::say::password_show),
        fixed(portal::text::say::password_hide),
    );
    view! { <PasswordField field value=value() show_label=show hide_label=hide/> }.into_any()
}

fn phone(field: FieldProps) -> AnyView {
    let code = Signal::derive(|| "+84".to_owned());
    view! { <PhoneField field value=value() code/> }.into_any()
}

fn money(field: FieldProps) -> AnyView {
    let currency = Signal::derive(|| "VND".to_owned());
    view! { <MoneyField field value=value() currency/> }.into_any()
}

fn two() -> Signal<Vec<Choice>> {
    Signal::derive(|| {
        vec![
            Choice::new("one", tool::part_example()),
            Choice::new("other", tool::part_other()),
        ]
    })
}

fn choices() -> Vec<Part> {
    let both = |view: &dyn Fn(FieldProps) -> AnyView, one: FieldProps, other: FieldProps| {
        vec![
            (tool::part_plain(), view(one)),
            (tool::part_wrong(), view(other)),
        ]
    };
    let select = |field| {
        view! { <SelectField field value=value() options=two() placeholder=words()/> }.into_any()
    };
    let combobox = |field| {
        let none = fixed(portal::text::say::no_match);
        view! { <Combobox field value=value() options=two() no_match=none placeholder=words()/> }
            .into_any()
    };
    let cards = |field| {
        let options = Signal::derive(|| {
            vec![
                RadioCard::new("one", tool::part_example(), tool::part_text()),
                RadioCard::new("other", tool::part_other(), tool::part_text()),
            ]
        });
        view! { <RadioCards field value=RwSignal::new("one".to_owned()) options/> }.into_any()
    };
    let tick = |field| {
        view! { <Checkbox field checked=RwSignal::new(false)>{tool::part_text()}</Checkbox> }
            .into_any()
    };
    let switch =
        |name, on| view! { <Switch field=asked(name) checked=RwSignal::new(on)/> }.into_any();
    let tabs = RwSignal::new("one".to_owned());
    vec![
        part(
            "select_field",
            both(&select, asked("part_select"), wrong("part_select_wrong")),
        ),
        part(
            "combobox",
            both(
                &combobox,
                asked("part_combobox"),
                wrong("part_combobox_wrong"),
            ),
        ),
        part(
            "radio_cards",
            both(&cards, asked("part_cards"), wrong("part_cards_wrong")),
        ),
        part(
            "checkbox",
            both(&tick, asked("part_checkbox"), wrong("part_checkbox_wrong")),
        ),
        part(
            "switch",
            vec![
                (tool::part_off(), switch("part_switch", false)),
                (tool::part_on(), switch("part_switch_on", true)),
            ],
        ),
        part(
            "tabs",
            vec![(
                tool::part_plain(),
                view! {
                    <Tabs name="parts" label=words() tabs=two() value=tabs>
                        <p>{tool::part_text()}</p>
                    </Tabs>
                }
                .into_any(),
            )],
        ),
    ]
}

fn sheets() -> Vec<Part> {
    let kinds = [
        BannerKind::Info,
        BannerKind::Success,
        BannerKind::Warning,
        BannerKind::Problem,
    ];
    let banners = kinds.map(|kind| {
        let view = view! { <Banner kind title=words()>{tool::part_text()}</Banner> }.into_any();
        (format!("{kind:?}"), view)
    });
    vec![
        part("banner", banners.into()),
        part(
            "card",
            vec![(
                tool::part_plain(),
                view! { <Card title=words() text=text()><p>{tool::part_text()}</p></Card> }
                    .into_any(),
            )],
        ),
        part(
            "page_heading",
            vec![(
                tool::part_plain(),
                view! { <PageHeading text=words() lead=text()/> }.into_any(),
            )],
        ),
        part(
            "empty_state",
            vec![(
                tool::part_plain(),
                view! { <EmptyState glyph=Glyph::Campaign title=words() text=text()/> }.into_any(),
            )],
        ),
        part(
            "problem_panel",
            vec![(
                tool::part_plain(),
                view! {
                    <ProblemPanel title=words() text=text()>
                        <Button kind=ButtonKind::Primary>{tool::part_example()}</Button>
                    </ProblemPanel>
                }
                .into_any(),
            )],
        ),
    ]
}

fn waits() -> Vec<Part> {
    let one = |view: AnyView| vec![(tool::part_plain(), view)];
    vec![
        part("spinner", one(view! { <Spinner/> }.into_any())),
        part(
            "progress",
            one(view! { <ProgressBar label=words()/> }.into_any()),
        ),
        part(
            "skeleton",
            one(view! { <Skeleton label=words()/> }.into_any()),
        ),
    ]
}

fn bonds() -> Vec<(String, AnyView)> {
    let states = [
        BondState::Joined,
        BondState::Open,
        BondState::Broken,
        BondState::Waiting,
    ];
    states
        .into_iter()
        .map(|state| {
            let known = BondEnd {
                name: words(),
                detail: fixed(tool::part_hint),
                ..BondEnd::unknown(words(), None)
            };
            let unknown = BondEnd::unknown(words(), Some(Glyph::User));
            let second = if state == BondState::Broken {
                unknown
            } else {
                known
            };
            let bond = view! { <Bond state label=words() first=known second/> };
            (tool::part_plain(), bond.into_any())
        })
        .collect()
}

fn lists() -> Vec<Part> {
    let one = |view: AnyView| vec![(tool::part_plain(), view)];
    let steps = Signal::derive(|| {
        let step = |name: String, progress| StepperStep {
            name,
            href: "#".to_owned(),
            progress,
            told: None,
        };
        vec![
            step(tool::part_example(), Progress::Complete),
            step(tool::part_text(), Progress::Begun),
            step(tool::part_hint(), Progress::Faulty),
            step(tool::part_other(), Progress::Current),
            step(tool::part_label(), Progress::Ahead),
        ]
    });
    let items = Signal::derive(|| {
        vec![SummaryItem {
            field: "part_text_wrong".to_owned(),
            message: tool::part_error(),
        }]
    });
    let columns = vec![
        Column {
            name: tool::part_label,
            hides_name: false,
        },
        Column {
            name: tool::part_hint,
            hides_name: false,
        },
    ];
    let glyphs = Glyph::ALL.map(|glyph| view! { <Icon glyph/> });
    vec![
        part("avatar", one(view! { <Avatar name=words()/> " " <Avatar name=words() large=true/> }.into_any())),
        part("bond", bonds()),
        part("icon", one(glyphs.collect_view().into_any())),
        part(
            "stepper",
            one(view! { <Stepper label=words() steps current=words() on_open=Callback::new(|_| ())/> }.into_any()),
        ),
        part("summary", one(view! { <Summary title=words() items/> }.into_any())),
        part(
            "description",
            one(view! {
                <Descriptions>
                    <DescriptionRow label=words()>{tool::part_text()}</DescriptionRow>
                    <DescriptionRow label=fixed(tool::part_other)>{tool::part_text()}</DescriptionRow>
                </Descriptions>
            }
            .into_any()),
        ),
        part(
            "data_table",
            one(view! {
                <DataTable caption=words() columns>
                    <tr role="row">
                        <td role="cell">{tool::part_example()}</td>
                        <td role="cell">{tool::part_text()}</td>
                    </tr>
                </DataTable>
            }
            .into_any()),
        ),
    ]
}
