/** A report that helps to find what is wrong. It names no address and no person. */
import type { ListenerReport } from './channel';
import type { Badge } from './verification';

export interface ReportLine {
  /** Such as "listener 1" or "this device". */
  who: string;
  state: string;
  badge: Badge;
  report: ListenerReport | null;
}

export function reportText(version: string, browser: string, lines: readonly ReportLine[]): string {
  const head = [`Unisono ${version}`, browser];
  return [...head, ...lines.map(lineText)].join('\n');
}

/** The browser's family and major version only: the rest would help to tell people apart. */
export function browserName(userAgent: string): string {
  const known = /(Firefox|Edg|OPR|Chrome)\/(\d+)/.exec(userAgent) ?? /(Version)\/(\d+).* Safari/.exec(userAgent);
  if (!known) return 'another browser';
  return `${known[1] === 'Version' ? 'Safari' : known[1]} ${known[2]}`;
}

function lineText({ who, state, badge, report }: ReportLine): string {
  if (!report) return `${who}: ${state}, ${badge.tier}`;
  const loss = (report.loss * 100).toFixed(1);
  return (
    `${who}: ${state}, ${badge.tier}, ${report.path}, delay ${report.delay_ms} ms, ` +
    `loss ${loss} %, jitter ${report.jitter_ms} ms, ${report.kbps} kbit/s`
  );
}
