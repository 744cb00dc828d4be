//! Bars as SVG, for light and for dark pages.

use anyhow::{Result, anyhow};
use plotters::coord::Shift;
use plotters::prelude::{
    DrawingArea, IntoDrawingArea as _, IntoFont as _, PathElement, RGBColor, Rectangle, SVGBackend, Text, TextStyle,
};
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::table::number;
use super::{Chart, Column};

/// A colour on light pages, and the one that replaces it on dark ones.
struct Ink(u32, u32);

const WORDS: Ink = Ink(0x1F_23_28, 0xE6_ED_F3);
const AXIS: Ink = Ink(0x8C_95_9F, 0x6E_76_81);
/// Of the columns, one after the other.
const BARS: [Ink; 4] = [
    Ink(0x8C_A8_D8, 0x3D_59_8C),
    Ink(0x1F_5F_C4, 0x79_AE_FF),
    Ink(0xD9_A0_78, 0x8A_50_2A),
    Ink(0xB3_4E_12, 0xF5_9A_58),
];

const WIDTH: i32 = 760;
/// Where bars begin.
const LEFT: i32 = 160;
/// Length of the longest bar.
const LONGEST: f64 = 480.0;
const LINE: i32 = 20;
const BAR: i32 = 16;
const GAP: i32 = 12;
const MARGIN: i32 = 12;

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// The chart; `None` if there is no figure for it.
pub fn svg(chart: &Chart, columns: &[Column]) -> Result<Option<String>> {
    let columns: Vec<&Column> = columns.iter().filter(|column| has_bars(chart, column)).take(BARS.len()).collect();
    let bars = chart.bars.iter().filter(|(name, _)| columns.iter().any(|column| column.find(name).is_some()));
    let bars: Vec<(&str, &str)> = bars.copied().collect();
    let medians = bars.iter().flat_map(|(name, _)| columns.iter().filter_map(|column| Some(column.find(name)?.median)));
    let longest = medians.fold(0.0, f64::max);
    if longest <= 0.0 {
        return Ok(None);
    }
    let (lines, groups) = (i32::try_from(columns.len())?, i32::try_from(bars.len())?);
    let height = 2 * MARGIN + LINE * (1 + lines) + groups * (lines * BAR + GAP);
    let mut text = String::new();
    {
        let size = (WIDTH.unsigned_abs(), height.unsigned_abs());
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        draw(&area, chart.title, &bars, &columns, longest).map_err(|error| anyhow!("could not draw: {error}"))?;
        area.present().map_err(|error| anyhow!("could not draw: {error}"))?;
    }
    Ok(Some(with_dark_colours(&text)))
}

fn has_bars(chart: &Chart, column: &Column) -> bool {
    chart.bars.iter().any(|(name, _)| column.find(name).is_some())
}

fn draw(
    area: &Area<'_>,
    title: &str,
    bars: &[(&str, &str)],
    columns: &[&Column],
    longest: f64,
) -> Result<(), Box<dyn std::error::Error>> {
    let mut y = MARGIN + LINE / 2;
    write(area, title, (MARGIN, y), HPos::Left, 18)?;
    for (column, ink) in columns.iter().zip(&BARS) {
        y += LINE;
        area.draw(&Rectangle::new([(MARGIN, y - 5), (MARGIN + 10, y + 5)], ink.colour().filled()))?;
        write(area, &column.heading, (MARGIN + 18, y), HPos::Left, 15)?;
    }
    y += LINE / 2 + GAP;
    let top = y;
    for (name, caption) in bars {
        let height = BAR * i32::try_from(columns.len())?;
        write(area, caption, (LEFT - 8, y + height / 2), HPos::Right, 15)?;
        for (column, ink) in columns.iter().zip(&BARS) {
            if let Some(figure) = column.find(name) {
                let end = LEFT + length(figure.median / longest);
                area.draw(&Rectangle::new([(LEFT, y + 1), (end, y + BAR - 1)], ink.colour().filled()))?;
                let about = if figure.noisy { "≈ " } else { "" };
                write(area, &format!("{about}{}", number(figure.median)), (end + 6, y + BAR / 2), HPos::Left, 14)?;
            }
            y += BAR;
        }
        y += GAP;
    }
    area.draw(&PathElement::new([(LEFT, top), (LEFT, y - GAP)], AXIS.colour()))?;
    Ok(())
}

fn write(
    area: &Area<'_>,
    text: &str,
    at: (i32, i32),
    anchor: HPos,
    size: i32,
) -> Result<(), Box<dyn std::error::Error>> {
    let font = ("system-ui, sans-serif", size).into_font();
    let colour = WORDS.colour();
    let style = TextStyle::from(font).color(&colour).pos(Pos::new(anchor, VPos::Center));
    area.draw(&Text::new(text.to_owned(), at, style))?;
    Ok(())
}

#[expect(clippy::cast_possible_truncation, reason = "a share of some hundred pixels")]
fn length(share: f64) -> i32 {
    (share * LONGEST).round().max(1.0) as i32
}

impl Ink {
    fn colour(&self) -> RGBColor {
        let [_, red, green, blue] = self.0.to_be_bytes();
        RGBColor(red, green, blue)
    }

    /// The rules that replace the colour, as it stands in the file.
    fn rules(&self) -> String {
        let Self(light, dark) = self;
        format!("[fill=\"#{light:06X}\"]{{fill:#{dark:06X}}}[stroke=\"#{light:06X}\"]{{stroke:#{dark:06X}}}")
    }
}

/// Puts the rules for dark pages into the picture: rules have precedence over attributes.
fn with_dark_colours(svg: &str) -> String {
    let rules: String = [WORDS, AXIS].iter().chain(&BARS).map(Ink::rules).collect();
    let style = format!("<style>@media (prefers-color-scheme:dark){{{rules}}}</style>");
    match svg.find("<svg").and_then(|begin| Some(begin + svg[begin..].find('>')? + 1)) {
        Some(place) => format!("{}\n{style}{}", &svg[..place], &svg[place..]),
        None => svg.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{columns, tests::figure};
    use super::*;

    const CHART: Chart = Chart { file: "x", title: "Time & more", bars: &[("a", "first"), ("b", "second")] };

    #[test]
    fn a_chart_has_a_bar_for_each_figure_and_colours_for_dark_pages() -> Result<()> {
        let columns = columns(&[figure("before", 100, "a", 2000.0), figure("after", 100, "a", 500.0)]);
        let svg = svg(&CHART, &columns)?.unwrap_or_default();
        // Two bars and two squares of the legend; nothing of the figure that there is none of.
        assert_eq!(svg.matches("<rect").count(), 4, "{svg}");
        assert!(svg.contains("Time &amp; more") && svg.contains("2,000") && !svg.contains("second"), "{svg}");
        assert!(svg.contains("prefers-color-scheme:dark"));
        assert!(svg.contains(r##"fill="#1F2328""##) && svg.contains(r##"[fill="#1F2328"]"##), "{svg}");
        Ok(())
    }

    #[test]
    fn without_figures_there_is_no_chart() -> Result<()> {
        assert!(svg(&CHART, &[])?.is_none());
        assert!(svg(&CHART, &columns(&[figure("before", 100, "c", 1.0)]))?.is_none());
        Ok(())
    }
}
