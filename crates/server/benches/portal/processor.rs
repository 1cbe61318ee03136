//! What processes take of the processor, as Linux counts it.

/// Milliseconds of processor time that a process has taken so far, with those of its children that
/// have ended: `/proc` counts it in hundredths of a second. None where there is no such process.
pub(crate) fn processor_ms(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // Behind the name, which may hold spaces: the state is the third field, and user and system time
    // are the 14th to 17th, first its own, then its children's.
    let (_, rest) = stat.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(4);
    let ticks = ticks.map(|ticks| ticks.parse::<f64>().unwrap());
    Some(ticks.sum::<f64>() * 10.0)
}
