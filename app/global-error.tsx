"use client";

import "./globals.css";

export default function GlobalError({ reset }: { readonly reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="page flex flex-col items-start gap-3 py-10" role="alert">
          <h1 className="text-lg font-semibold">The portal cannot answer</h1>
          <p className="prose-width text-muted">
            It lost something that it needs, most likely its database. Try again in a moment; if it stays, tell whoever
            runs the portal.
          </p>
          <button type="button" onClick={reset} className="rounded border px-3 py-1.5 font-medium">
            Try again
          </button>
        </main>
      </body>
    </html>
  );
}
