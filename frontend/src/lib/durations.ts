// Durations in words and back: "2 m 08 s", "3:41", "1h 30m". Milliseconds everywhere.

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The longest that the API takes (2^31 - 1 ms, a little under 25 days). */
export const longestDurationMs = 2 ** 31 - 1;

const two = (value: number) => String(value).padStart(2, "0");

/** "0.4 s", "41 s", "2 m 08 s", "3 h 05 m", "2 d 04 h": two units at the most. */
export function formatDuration(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < 10 * second && whole % second !== 0) return `${(Math.floor(whole / 100) / 10).toFixed(1)} s`;
  const [d, h, m, s] = split(whole);
  if (d > 0) return h === 0 ? `${d} d` : `${d} d ${two(h)} h`;
  if (h > 0) return m === 0 ? `${h} h` : `${h} h ${two(m)} m`;
  if (m > 0) return s === 0 ? `${m} min` : `${m} m ${two(s)} s`;
  return `${s} s`;
}

/** For a field: words that read back as exactly this. "1 h 30 m", "2 m 08 s", "90061001ms". */
export function formatExact(ms: number): string {
  const text = formatDuration(ms);
  return parseDuration(text) === ms ? text : `${ms}ms`;
}

/** "0:45", "3:41", "1:02:03": a countdown. Rounded up, so that 0:00 means that it is over. */
export function formatCountdown(ms: number): string {
  const [d, h, m, s] = split(Math.ceil(Math.max(0, ms) / second) * second);
  const hours = d * 24 + h;
  return hours > 0 ? `${hours}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function split(ms: number): [number, number, number, number] {
  return [
    Math.floor(ms / day),
    Math.floor((ms % day) / hour),
    Math.floor((ms % hour) / minute),
    Math.floor((ms % minute) / second),
  ];
}

const units: Record<string, number> = { ms: 1, s: second, sec: second, m: minute, min: minute, h: hour, d: day };

/** What a person typed, in ms: "90", "90s", "1h 30m", "2:30", "1:02:03"; null when it is no duration or longer than the API takes. */
export function parseDuration(text: string): number | null {
  const clean = text.trim().toLowerCase();
  const ms = clean.includes(":") ? parseClock(clean) : parseUnits(clean);
  return ms === null || ms <= 0 || ms > longestDurationMs ? null : ms;
}

function parseClock(text: string): number | null {
  const match = /^(?:(\d{1,4}):)?(\d{1,2}):(\d{2})$/.exec(text);
  if (match === null) return null;
  const [, h = "0", m = "0", s = "0"] = match;
  return Number(h) * hour + Number(m) * minute + Number(s) * second;
}

function parseUnits(text: string): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * second);
  if (!/^(\d+(\.\d+)?\s*[a-z]+\s*)+$/.test(text)) return null;
  let total = 0;
  for (const [, amount = "", unit = ""] of text.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)/g)) {
    const size = units[unit];
    if (size === undefined) return null;
    total += Number(amount) * size;
  }
  return Math.round(total);
}
