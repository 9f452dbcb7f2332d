//! Chromium's trace, and what it says of the frames that `gauge.js` made.

use std::time::Duration;

use serde_json::{Value, json};

use crate::harness::Page;

/// A task this long keeps a person waiting, in milliseconds.
const LONG: f64 = 50.0;

/// What a page's main thread was busy with between the marks, all in milliseconds.
#[derive(Debug, Default, Clone)]
pub(crate) struct Work {
    /// For each frame, from its mark to the next.
    pub(crate) frames: Vec<f64>,
    /// The tasks that kept a person waiting.
    pub(crate) long: Vec<f64>,
}

impl Work {
    /// The middle frame and the worst of a hundred.
    pub(crate) fn quantiles(&self) -> (f64, f64) {
        (quantile(&self.frames, 0.5), quantile(&self.frames, 0.99))
    }
}

/// Records tasks with their times, and the marks of the page.
pub(crate) async fn start(page: &Page) {
    let categories = ["disabled-by-default-devtools.timeline", "blink.user_timing"];
    let config = json!({ "includedCategories": categories, "excludedCategories": ["*"] });
    page.cdp("Tracing.start", json!({ "transferMode": "ReturnAsStream", "traceConfig": config })).await;
}

/// Ends the record and hands it out; keeps it, too, in the folder that RUNATLAS_TRACES names, for Chromium's own viewers.
pub(crate) async fn end(page: &Page) -> Vec<Value> {
    page.cdp("Tracing.end", json!({})).await;
    // An event tells which stream it is, and the driver keeps events to itself. Streams are counted: those of earlier
    // records are at their end, and the first after them is the one.
    let mut stream = 1;
    let mut text = String::new();
    loop {
        match page.try_cdp("IO.read", json!({ "handle": stream.to_string() })).await {
            Ok(part) => {
                text.push_str(part["data"].as_str().unwrap_or_default());
                match (part["eof"] == true, text.is_empty()) {
                    (true, false) => break,
                    (true, true) => stream += 1,
                    (false, _) => {}
                }
            }
            // Not there yet.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    if let Some(folder) = std::env::var_os("RUNATLAS_TRACES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("{stream}.json")), &text).unwrap();
    }
    let mut trace: Value = serde_json::from_str(&text).expect("the trace is JSON");
    serde_json::from_value(trace["traceEvents"].take()).expect("the trace has events")
}

/// What the events say.
pub(crate) fn work(events: &[Value]) -> Work {
    let is_mark = |event: &&Value| event["name"].as_str().is_some_and(|name| name.starts_with("gauge-"));
    let marks: Vec<&Value> = events.iter().filter(is_mark).collect();
    let Some(thread) = marks.first().map(|mark| (&mark["pid"], &mark["tid"])) else {
        return Work::default();
    };
    let times = |name: &str| {
        let named = marks.iter().filter(|mark| mark["name"].as_str().is_some_and(|it| it.starts_with(name)));
        sorted(named.filter_map(|mark| mark["ts"].as_f64()))
    };
    let tasks: Vec<(f64, f64)> = events
        .iter()
        .filter(|event| event["name"] == "RunTask" && (&event["pid"], &event["tid"]) == thread)
        .filter_map(|event| {
            let start = event["ts"].as_f64()?;
            Some((start, start + event["dur"].as_f64()?))
        })
        .collect();
    let all = times("gauge-");
    let (Some(begin), Some(end)) = (all.first(), all.last()) else { return Work::default() };
    let within = |from: f64, to: f64| {
        tasks.iter().map(|task| (task.1.min(to) - task.0.max(from)).max(0.0)).sum::<f64>() / 1e3
    };
    let frames = times("gauge-frame").windows(2).map(|pair| within(pair[0], pair[1])).collect();
    let shared = tasks.iter().filter(|task| task.1 > *begin && task.0 < *end);
    let long = shared.map(|task| (task.1 - task.0) / 1e3).filter(|took| *took > LONG).collect();
    Work { frames, long }
}

fn quantile(values: &[f64], share: f64) -> f64 {
    let values = sorted(values.iter().copied());
    let at = (share * values.len() as f64).ceil() as usize;
    values.get(at.saturating_sub(1)).copied().unwrap_or_default()
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}
