import { persons } from "./persons.ts";

const style = `
  :root { color-scheme: light dark; --ink: #16202c; --soft: #566273; --line: #d5dbe3; --ground: #f6f7f9; --card: #fff; --accent: #1d5bd6; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8ecf2; --soft: #a3adbb; --line: #35404e; --ground: #10161d; --card: #18202a; --accent: #7aa7ff; }
  }
  * { box-sizing: border-box; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground); color: var(--ink);
    font: 1rem/1.5 system-ui, sans-serif; }
  main { width: min(27rem, 100%); }
  h1 { font-size: 1.4rem; line-height: 1.25; margin: 0 0 .5rem; }
  p { margin: 0 0 1.25rem; color: var(--soft); }
  ul { list-style: none; margin: 0; padding: 0; display: grid; gap: .6rem; }
  button { width: 100%; padding: .8rem 1rem; text-align: left; font: inherit; color: inherit; background: var(--card);
    border: 1px solid var(--line); border-radius: .6rem; cursor: pointer; }
  button:hover { border-color: var(--accent); }
  button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
  button strong, button span { display: block; }
  button span { color: var(--soft); font-size: .9rem; }
`;

/** HTML with every character that has a meaning escaped. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${String(character.charCodeAt(0))};`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main>${body}</main></body>
</html>
`;
}

/** Asks which of the example persons signs in. */
export function choosePersonPage(action: string): string {
  const choices = persons
    .map(
      ({ id, name, about, groups }) =>
        `<li><button name="person" value="${id}"><strong>${escapeHtml(name)}</strong>` +
        `<span>${escapeHtml(about)} · ${groups.length > 1 ? "groups" : "group"} ${escapeHtml(groups.join(", "))}</span></button></li>`,
    )
    .join("");
  return page(
    "Sign in · Gatebook example",
    `<h1>Who is signing in?</h1>
    <p>Gatebook's example sign-in: no password, on this machine only, never in production.</p>
    <form method="post" action="${escapeHtml(action)}"><ul>${choices}</ul></form>`,
  );
}

/** Asks to confirm signing out; `form` is the provider's own hidden form with the id `op.logoutForm`. */
export function signOutPage(form: string): string {
  return page(
    "Sign out · Gatebook example",
    `<h1>Sign out?</h1><p>This ends the example sign-in as well.</p>${form}
    <button name="logout" value="yes" form="op.logoutForm"><strong>Sign out</strong></button>`,
  );
}

/** One message and nothing to do but going back. */
export function messagePage(title: string, message: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);
}
