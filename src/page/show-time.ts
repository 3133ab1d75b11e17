/** A moment as a person reads it: `2026-11-22 06:00:00 UTC`. A text that is no such moment stays as it is. */
export function showTime(iso: string): string {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(?:\.\d+)?Z$/.exec(iso);
  return parts === null ? iso : `${parts[1]} ${parts[2]} UTC`;
}

/** Two moments; the day stands once where it is the same. */
export function showPeriod(from: string, to: string): string {
  const [start, end] = [showTime(from), showTime(to)];
  const day = start.slice(0, 11);
  return start.endsWith(" UTC") && end.startsWith(day)
    ? `${start.slice(0, -4)} to ${end.slice(day.length)}`
    : `${start} to ${end}`;
}
