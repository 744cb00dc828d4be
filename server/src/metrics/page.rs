//! The text that Prometheus reads, from what was read elsewhere.

use meters::Reading;
use prometheus_client::{
    collector::Collector,
    encoding::{
        DescriptorEncoder, EncodeCounterValue, EncodeGaugeValue, MetricEncoder, NoLabelSet, prometheus_text::encode,
    },
    metrics::MetricType,
    registry::Registry,
};
use std::fmt;

/// One page of metrics.
#[derive(Debug, Default)]
pub(super) struct Page(Vec<Family>);

/// A metric with its series.
#[derive(Debug)]
struct Family {
    name: &'static str,
    help: &'static str,
    series: Series,
}

/// What tells the series of a metric apart.
pub(super) type Labels = Vec<(&'static str, String)>;

#[derive(Debug)]
enum Series {
    Gauge(f64),
    Counters(Vec<(Labels, u64)>),
    Seconds(f64),
    Histograms(Vec<(Labels, Reading, Unit)>),
}

/// What the values of a histogram are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    /// Numbers of something.
    Items,
    /// Microseconds, which are shown as seconds.
    Micros,
}

impl Page {
    /// Adds a number that goes up and down; nothing when it is not known.
    pub(super) fn gauge(&mut self, name: &'static str, help: &'static str, value: Option<f64>) {
        if let Some(value) = value {
            self.0.push(Family { name, help, series: Series::Gauge(value) });
        }
    }

    /// Adds a number that only grows. The name is shown with `_total` at its end.
    pub(super) fn counter(&mut self, name: &'static str, help: &'static str, value: u64) {
        self.counters(name, help, vec![(Labels::new(), value)]);
    }

    /// The same, for several series.
    pub(super) fn counters(&mut self, name: &'static str, help: &'static str, series: Vec<(Labels, u64)>) {
        self.0.push(Family { name, help, series: Series::Counters(series) });
    }

    /// Adds seconds that only grow; nothing when they are not known.
    pub(super) fn seconds(&mut self, name: &'static str, help: &'static str, value: Option<f64>) {
        if let Some(value) = value {
            self.0.push(Family { name, help, series: Series::Seconds(value) });
        }
    }

    /// Adds a histogram.
    pub(super) fn histogram(&mut self, name: &'static str, help: &'static str, reading: Reading, unit: Unit) {
        self.histograms(name, help, vec![(Labels::new(), reading, unit)]);
    }

    /// The same, for several series.
    pub(super) fn histograms(&mut self, name: &'static str, help: &'static str, series: Vec<(Labels, Reading, Unit)>) {
        self.0.push(Family { name, help, series: Series::Histograms(series) });
    }

    /// The page as text.
    ///
    /// # Errors
    /// The library refuses it.
    pub(super) fn into_text(self) -> Result<String, fmt::Error> {
        let mut registry = Registry::default();
        registry.register_collector(Box::new(self));
        let mut text = String::new();
        encode(&mut text, &registry)?;
        Ok(text)
    }
}

impl Collector for Page {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        for family in &self.0 {
            let mut metric = encoder.encode_descriptor(family.name, family.help, None, family.series.kind())?;
            match &family.series {
                Series::Gauge(value) => gauge(&mut metric, value)?,
                Series::Seconds(value) => counter(&mut metric, value)?,
                Series::Counters(series) => {
                    for (labels, value) in series {
                        counter(&mut labelled(&mut metric, labels)?, value)?;
                    }
                }
                Series::Histograms(series) => {
                    for (labels, reading, unit) in series {
                        histogram(&mut labelled(&mut metric, labels)?, reading, *unit)?;
                    }
                }
            }
        }
        Ok(())
    }
}

impl Series {
    const fn kind(&self) -> MetricType {
        match self {
            Self::Gauge(_) => MetricType::Gauge,
            Self::Counters(_) | Self::Seconds(_) => MetricType::Counter,
            Self::Histograms(_) => MetricType::Histogram,
        }
    }
}

fn labelled<'a>(metric: &'a mut MetricEncoder<'_>, labels: &'a Labels) -> Result<MetricEncoder<'a>, fmt::Error> {
    metric.encode_family(labels)
}

fn gauge(metric: &mut MetricEncoder<'_>, value: &impl EncodeGaugeValue) -> Result<(), fmt::Error> {
    metric.encode_gauge(value)
}

fn counter(metric: &mut MetricEncoder<'_>, value: &impl EncodeCounterValue) -> Result<(), fmt::Error> {
    metric.encode_counter::<NoLabelSet, _, u64>(value, None)
}

fn histogram(metric: &mut MetricEncoder<'_>, reading: &Reading, unit: Unit) -> Result<(), fmt::Error> {
    let buckets: Vec<(f64, u64)> = reading
        .buckets
        .iter()
        .map(|bucket| (bucket.up_to.map_or(f64::INFINITY, |up_to| unit.shown(up_to)), bucket.count))
        .collect();
    metric.encode_histogram::<NoLabelSet>(unit.shown(reading.sum), reading.count(), &buckets, None)
}

impl Unit {
    /// A value as it is shown.
    fn shown(self, value: u64) -> f64 {
        match self {
            Self::Items => float(value),
            Self::Micros => float(value) / 1e6,
        }
    }
}

/// A number as Prometheus knows numbers.
#[expect(clippy::cast_precision_loss, reason = "nobody compares metrics beyond 2^53 by their last digit")]
pub(super) const fn float(value: u64) -> f64 {
    value as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use meters::Histogram;

    #[test]
    fn a_page_is_what_prometheus_reads() {
        let histogram = Histogram::new(&[1_000, 2_500_000]);
        for micros in [500, 1_000, 2_000_000, 3_000_000] {
            histogram.observe(micros);
        }
        let mut page = Page::default();
        page.gauge("a_bytes", "Some bytes.", Some(3.0));
        page.gauge("unknown", "Nobody knows.", None);
        let route = || vec![("route", "/e/{token}".to_owned()), ("method", "GET".to_owned())];
        page.counters("b", "Some \"requests\".", vec![(route(), 7)]);
        page.histogram("c_seconds", "Some time.", histogram.read(), Unit::Micros);
        let expected = "\
# HELP a_bytes Some bytes.
# TYPE a_bytes gauge
a_bytes 3.0
# HELP b_total Some \"requests\".
# TYPE b_total counter
b_total{route=\"/e/{token}\",method=\"GET\"} 7
# HELP c_seconds Some time.
# TYPE c_seconds histogram
c_seconds_bucket{le=\"0.001\"} 2
c_seconds_bucket{le=\"2.5\"} 3
c_seconds_bucket{le=\"+Inf\"} 4
c_seconds_sum 5.0015
c_seconds_count 4
";
        assert_eq!(page.into_text().as_deref(), Ok(expected));
    }
}
