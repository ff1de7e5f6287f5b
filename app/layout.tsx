import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { EventsProvider } from "@/components/events/events-provider.tsx";
import { NewsToasts } from "@/components/notices/news-toasts.tsx";
import { ConnectionNote } from "@/components/shell/connection-note.tsx";
import { Shortcuts } from "@/components/shell/shortcuts.tsx";
import { SiteHeader } from "@/components/shell/site-header.tsx";
import { readTheme, themeCookie } from "@/components/shell/theme.ts";
import { getDeps, getViewer } from "@/lib/next/index.ts";
import { listNotices } from "@/lib/views/index.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Gatebook", template: "%s · Gatebook" },
  description: "The models and services behind the gateways of this cluster, and what changes in them.",
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const viewer = await getViewer();
  const theme = readTheme((await cookies()).get(themeCookie)?.value);
  const notices = viewer.kind === "person" ? await listNotices(getDeps(), viewer, { limit: 10 }) : null;
  return (
    <html
      lang="en"
      className={`${GeistSans.variable} ${GeistMono.variable}`}
      {...(theme === "system" ? {} : { "data-theme": theme })}
    >
      <body className="flex min-h-dvh flex-col">
        <a
          href="#content"
          className="sr-only rounded bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
        >
          Skip to the content
        </a>
        <EventsProvider viewerKey={viewer.kind === "person" ? viewer.userId : ""}>
          <SiteHeader
            key={viewer.kind === "person" ? viewer.userId : ""}
            viewer={viewer}
            theme={theme}
            notices={notices}
          />
          <main id="content" tabIndex={-1} className="flex-1 outline-none">
            {children}
          </main>
          <NewsToasts />
          <ConnectionNote />
        </EventsProvider>
        <Shortcuts />
      </body>
    </html>
  );
}
