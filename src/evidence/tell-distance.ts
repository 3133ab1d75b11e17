const HOUR = 60 * 60 * 1000;

/**
 * How far from the reading a pack is judged; null where it is not far.
 * @param asOf both as ISO timestamps
 */
export function tellDistance(asOf: string, finishedAt: string): string | null {
  const apart = Date.parse(asOf) - Date.parse(finishedAt);
  if (Math.abs(apart) <= HOUR) return null;
  const hours = Math.round(Math.abs(apart) / HOUR);
  const long = hours < 48 ? `${hours} ${hours === 1 ? "hour" : "hours"}` : `${Math.round(hours / 24)} days`;
  return `${long} ${apart > 0 ? "after" : "before"} the reading`;
}
