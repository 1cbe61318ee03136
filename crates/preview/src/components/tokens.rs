//! The tokens of `style/tokens.css`: the colours in light and dark with their contrast, and the
//! others with their values.

use crate::tool_text::tool;
use leptos::html::Div;
use leptos::prelude::*;

const SHEET: &str = include_str!("../../../../style/tokens.css");

/// The tokens in the order of the sheet: names and values.
fn all() -> Vec<(&'static str, String)> {
    let root = SHEET
        .split_once("[data-theme")
        .map_or(SHEET, |(root, _)| root);
    root.split(';')
        .filter_map(|line| {
            let (before, value) = line.split_once(':')?;
            let name = before.rsplit(char::is_whitespace).next()?;
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            name.starts_with("--").then_some((name, value))
        })
        .collect()
}

fn is_colour(value: &str) -> bool {
    value.starts_with('#') || value.starts_with("light-dark(#")
}

/// The tokens of style/tokens.css with their values.
#[component]
pub fn Tokens() -> impl IntoView {
    let (colours, others): (Vec<_>, Vec<_>) =
        all().into_iter().partition(|(_, value)| is_colour(value));
    let others = others.into_iter().map(|(name, value)| {
        view! { <tr><th scope="row"><code>{name}</code></th><td><code>{value}</code></td></tr> }
    });
    view! {
        <section class="tool-part" aria-labelledby="tokens">
            <h2 id="tokens">{tool::tokens()}</h2>
            <p class="tool-lead">{tool::tokens_lead()}</p>
            <div class="tool-part-variants">
                <Colours scheme="light" name=tool::light() colours=colours.clone()/>
                <Colours scheme="dark" name=tool::dark() colours/>
            </div>
            <table class="tool-tokens"><tbody>{others.collect_view()}</tbody></table>
        </section>
    }
}

#[component]
fn Colours(
    scheme: &'static str,
    name: String,
    colours: Vec<(&'static str, String)>,
) -> impl IntoView {
    let sheet = NodeRef::<Div>::new();
    let rows = colours.into_iter().map(|(token, value)| {
        let swatch = NodeRef::<Div>::new();
        let contrast = RwSignal::new(String::new());
        Effect::new(move || {
            if let (Some(swatch), Some(sheet)) = (swatch.get(), sheet.get()) {
                let pair = colour_of(&swatch).zip(colour_of(&sheet));
                if let Some((one, other)) = pair {
                    let ratio = format!("{:.1}", ratio(one, other));
                    contrast.set(tool::token_contrast().replace("{}", &ratio));
                }
            }
        });
        view! {
            <li class="tool-token">
                <div class="tool-swatch" node_ref=swatch style:background-color=format!("var({token})")></div>
                <p>
                    <code>{token}</code>
                    <br/>
                    <span class="small muted">{value} <br/> {move || contrast.get()}</span>
                </p>
            </li>
        }
    });
    view! {
        <div class="tool-colours" node_ref=sheet style:color-scheme=scheme>
            <h3>{name}</h3>
            <ul>{rows.collect_view()}</ul>
        </div>
    }
}

/// Red, green and blue of an element's ground, from 0 to 255.
fn colour_of(element: &web_sys::Element) -> Option<[f64; 3]> {
    let style = window().get_computed_style(element).ok()??;
    let colour = style.get_property_value("background-color").ok()?;
    let numbers = colour.split(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let mut numbers = numbers.filter_map(|number| number.parse().ok());
    Some([numbers.next()?, numbers.next()?, numbers.next()?])
}

/// The contrast of two colours, by WCAG 2.2.
fn ratio(one: [f64; 3], other: [f64; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance([red, green, blue]: [f64; 3]) -> f64 {
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
