//! What the import of a file would do, line by line, and the form that confirms it.

use super::{Part, errors, forget, left_out};
use crate::{
    text::{self, locale::language},
    wire::DrawnPage,
};
use leptos::prelude::*;
use service::import::{BadLine, Import, PlanCounts, PlannedRow, Preview, RowPlan};

/// Lines on a page.
const PAGE: usize = 50;

/// The kinds of lines. Each has a word in the URL.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Bad,
    New,
    Differing,
    Unchanged,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Bad, Self::New, Self::Differing, Self::Unchanged];

    const fn word(self) -> &'static str {
        match self {
            Self::Bad => "bad",
            Self::New => "new",
            Self::Differing => "differing",
            Self::Unchanged => "unchanged",
        }
    }

    fn label(self) -> &'static str {
        match self {
            Self::Bad => text::import_left_out(),
            Self::New => text::import_new(),
            Self::Differing => text::import_differs(),
            Self::Unchanged => text::import_unchanged(),
        }
    }

    fn number(self, preview: &Preview, counts: PlanCounts) -> usize {
        match self {
            Self::Bad => preview.bad.len(),
            Self::New => counts.new,
            Self::Differing => counts.differing,
            Self::Unchanged => counts.unchanged,
        }
    }

    const fn has(self, planned: &PlannedRow) -> bool {
        matches!(
            (self, &planned.plan),
            (Self::New, RowPlan::New)
                | (Self::Differing, RowPlan::Differs { .. })
                | (Self::Unchanged, RowPlan::Unchanged)
        )
    }
}

/// The preview.
pub fn view(import: &Import, part: &Part) -> DrawnPage {
    let preview = &import.preview;
    let counts = preview.plan_counts();
    let requested = Kind::ALL.into_iter().find(|kind| kind.word() == part.show);
    // What has to be checked first: what is wrong, or else what would change.
    let first = Kind::ALL.into_iter().find(|kind| kind.number(preview, counts) > 0);
    let kind = requested.or(first).unwrap_or(Kind::New);
    let status = text::import_read_as(&import.file, preview.encoding);
    let ignored = (!preview.ignored.is_empty()).then(|| {
        let columns = preview.ignored.join(", ");
        view! { <p class="hint">{text::import_ignored(&columns)}</p> }
    });
    let doubtful = preview.doubtful().count();
    let doubts = (doubtful > 0).then(|| view! { <p class="hint">{text::import_doubts(doubtful)}</p> });
    let form = view! {
        {ignored}
        {doubts}
        {left_out(preview.bad.len())}
        {confirmation(import, counts)}
        {forget(import.id, text::import_other_file())}
    };
    let list = view! { {kinds(preview, counts, kind)} {lines(preview, counts, kind, part.page)} };
    DrawnPage { status, form: form.to_html(), list: list.to_html(), progress: None }
}

fn confirmation(import: &Import, counts: PlanCounts) -> Option<impl IntoView> {
    let good = import.preview.good.len();
    let without = good - counts.invited;
    let check = |name: &'static str, label: String| {
        view! { <label class="check"><input type="checkbox" name=name/> <span>{label}</span></label> }
    };
    (good > 0).then(|| {
        view! {
            <form class="card form" method="post" action="/people/import/start">
                <input type="hidden" name="id" value=import.id.to_string()/>
                {(counts.differing > 0).then(|| check("correct", text::import_correct(counts.differing)))}
                {(without > 0).then(|| check("invite", text::import_invite(without)))}
                <div><button type="submit" class="button" data-kind="primary">{text::import_start(good)}</button></div>
            </form>
        }
    })
}

fn kinds(preview: &Preview, counts: PlanCounts, selected: Kind) -> impl IntoView {
    let links = Kind::ALL.map(|kind| {
        let current = (kind == selected).then_some("true");
        let number = kind.number(preview, counts) as u64;
        view! {
            <li><a class="cause" href=format!("?show={}", kind.word()) aria-current=current>
                {kind.label()} " " <strong>{language().grouped(number)}</strong>
            </a></li>
        }
    });
    view! { <nav class="causes" aria-label=text::import_lines_shown()><ul>{links.to_vec()}</ul></nav> }
}

fn lines(preview: &Preview, counts: PlanCounts, kind: Kind, page: usize) -> AnyView {
    let number = kind.number(preview, counts);
    if number == 0 {
        return view! { <p class="hint">{text::import_no_such_lines()}</p> }.into_any();
    }
    let pages = number.div_ceil(PAGE);
    let page = page.clamp(1, pages);
    let skipped = (page - 1) * PAGE;
    let rows: Vec<AnyView> = if kind == Kind::Bad {
        preview.bad.iter().skip(skipped).take(PAGE).map(bad).collect()
    } else {
        preview.good.iter().filter(|planned| kind.has(planned)).skip(skipped).take(PAGE).map(good).collect()
    };
    let to = |page: usize, label: &'static str| {
        let is_there = (1..=pages).contains(&page);
        is_there.then(|| view! { <a class="button" href=format!("?show={}&page={page}", kind.word())>{label}</a> })
    };
    let steps = (pages > 1).then(|| {
        view! {
            <div class="pager">
                <span class="pager-total">{text::import_page_of(page, pages)}</span>
                <span class="pager-steps">
                    {to(page - 1, text::previous())}
                    {to(page + 1, text::next())}
                </span>
            </div>
        }
    });
    view! {
        <div class="scroll" role="region" aria-label=kind.label() tabindex="0">
            <table class="table import-lines" role="table">
                <caption class="visually-hidden">{kind.label()}</caption>
                <thead role="rowgroup"><tr role="row">
                    <th scope="col" role="columnheader">{text::import_line()}</th>
                    <th scope="col" role="columnheader">{text::import_person()}</th>
                    <th scope="col" role="columnheader">{text::import_outcome()}</th>
                </tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
        {steps}
    }
    .into_any()
}

fn bad(bad: &BadLine) -> AnyView {
    let text = bad.cells.iter().filter(|cell| !cell.trim().is_empty()).take(3).map(String::as_str);
    let text: String = text.collect::<Vec<_>>().join(" · ").chars().filter(|c| !c.is_control()).take(120).collect();
    line(bad.line, view! { <bdi>{text}</bdi> }.into_any(), vec![errors::of_line(&bad.error)], true)
}

fn good(planned: &PlannedRow) -> AnyView {
    let mut outcome = match &planned.plan {
        RowPlan::New => vec![text::import_will_add().to_owned()],
        RowPlan::Unchanged => vec![text::import_will_stay().to_owned()],
        RowPlan::Differs { name, locale } => {
            let name = name.as_ref().map(text::import_current_name);
            name.into_iter().chain(locale.as_ref().map(text::import_current_locale)).collect()
        }
    };
    outcome.extend(planned.doubt().map(errors::of_doubt));
    if planned.is_invited {
        outcome.push(text::import_is_invited().to_owned());
    }
    let (name, email) = (planned.name().to_owned(), planned.email().to_owned());
    let locale = planned.locale().map(|locale| format!(" · {locale}"));
    let person = view! { <span class="name"><bdi>{name}</bdi></span> <small><bdi>{email}</bdi> {locale}</small> };
    line(planned.line(), person.into_any(), outcome, false)
}

fn line(number: usize, person: AnyView, outcome: Vec<String>, is_bad: bool) -> AnyView {
    let class = if is_bad { "wrong" } else { "" };
    let outcome: Vec<_> = outcome.into_iter().map(|text| view! { <p class=class>{text}</p> }).collect();
    view! {
        <tr role="row">
            <td role="cell" data-label=text::import_line()>{language().grouped(number as u64)}</td>
            <th scope="row" role="rowheader" class="cell-name">{person}</th>
            <td role="cell">{outcome}</td>
        </tr>
    }
    .into_any()
}
