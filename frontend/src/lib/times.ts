// Moments in words: "3 s ago", and absolute in the person's time zone. ISO 8601 in, words out.

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000_000],
  ["month", 2_592_000_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "long" });

/** "just now", "3 minutes ago", "in 2 hours", "yesterday". */
export function formatRelative(at: number, now: number): string {
  const difference = at - now;
  for (const [unit, size] of steps) {
    if (Math.abs(difference) >= size) return relative.format(Math.trunc(difference / size), unit);
  }
  return "just now";
}

export type TimeZone = "mine" | "utc";

const styles = {
  moment: { dateStyle: "medium", timeStyle: "medium" },
  time: { timeStyle: "medium" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Made once: making one takes longer than a hundred uses, and a table has hundreds of moments. */
function formatOf(style: keyof typeof styles, zone: TimeZone): Intl.DateTimeFormat {
  const key = `${style} ${zone}`;
  const format =
    formats.get(key) ??
    new Intl.DateTimeFormat("en-GB", { ...styles[style], ...(zone === "utc" && { timeZone: "UTC" }) });
  formats.set(key, format);
  return format;
}

/** "28 Nov 2026, 17:45:02" in the chosen zone. */
export function formatMoment(at: number, zone: TimeZone): string {
  return formatOf("moment", zone).format(at);
}

/** "17:45:02", for timelines and logs. */
export function formatTime(at: number, zone: TimeZone): string {
  return formatOf("time", zone).format(at);
}
