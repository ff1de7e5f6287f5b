import type { NoticeMail } from "../store/index.ts";

export type Mail = { readonly subject: string; readonly text: string; readonly html: string };

/** A header is one line: what comes from outside may hold line ends, and other characters that steer a terminal. */
function oneLine(text: string, lengthMax: number): string {
  const line = text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line.length > lengthMax ? `${line.slice(0, lengthMax - 1)}…` : line;
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

const words = { breaking: "Breaking", risky: "Risky", safe: "Compatible", none: "No" } as const;
const times = { upcoming: "change ahead", current: "change", rollback: "change by a rollback" } as const;

/** Writes the mail of one notice; `publicUrl` is where the portal is, without a trailing slash. */
export function composeMail(notice: NoticeMail, publicUrl: string): Mail {
  const title = oneLine(notice.apiTitle, 120);
  const subject = oneLine(`${words[notice.verdict]} ${times[notice.kind]}: ${title}`, 200);
  const link = `${publicUrl.replace(/\/+$/, "")}${notice.apiPath}/changelog${notice.line === null ? "" : `?line=${encodeURIComponent(notice.line)}`}`;
  const owner = notice.owner === null ? null : `Ask its owner: ${oneLine(notice.owner, 200)}.`;
  const why = "You are told because you follow this API. Change that, or stop following, on its page.";
  const paragraphs = [notice.message, notice.advice, ...(owner === null ? [] : [owner])];
  const html = [
    `<h1 style="font-size:18px">${escapeHtml(title)}</h1>`,
    ...paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`),
    `<p><a href="${escapeHtml(link)}">See what changed</a></p>`,
    `<p style="color:#666;font-size:12px">${escapeHtml(why)}</p>`,
  ];
  return {
    subject,
    text: `${[title, ...paragraphs, `See what changed: ${link}`, why].join("\n\n")}\n`,
    html: `<!doctype html><html><body style="font-family:sans-serif">${html.join("\n")}</body></html>`,
  };
}
