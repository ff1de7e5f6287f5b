import { createTransport } from "nodemailer";
import { z } from "zod";
import type { Clock } from "../base/index.ts";
import { systemClock } from "../base/index.ts";
import { markMailed, readNoticeMail } from "../store/index.ts";
import type { Store } from "../store/index.ts";
import { composeMail } from "./compose-mail.ts";
import { mayStillSee } from "./create-teller.ts";

const payloadSchema = z.object({ noticeId: z.string(), userId: z.string() });

/** One run of the job "mail-notice". */
export type MailTask = { readonly run: (payload: unknown) => Promise<void>; readonly close: () => void };

/**
 * Makes the task that sends one notice to one person. A mail that was handed over is not sent again; where the process dies
 * between the server's yes and our note of it, the person gets it twice, with the same Message-ID. Throws what the SMTP server
 * answers, so that the queue tries again.
 */
export function createMailTask(options: {
  readonly store: Store;
  readonly smtpUrl: string;
  readonly from: string;
  readonly publicUrl: string;
  readonly adminGroups: readonly string[];
  readonly clock?: Clock;
}): MailTask {
  const { store, clock = systemClock } = options;
  const transport = createTransport(options.smtpUrl, {
    from: options.from,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = new URL(options.publicUrl).hostname;
  return {
    run: async (payload) => {
      const { noticeId, userId } = payloadSchema.parse(payload);
      const notice = await readNoticeMail(store.db, noticeId, userId);
      if (notice === null || notice.mailedAt !== null || notice.email === null) return;
      // Whoever lost the right to see the API since is not told of it by mail either.
      if (!mayStillSee({ userId, groups: notice.groups }, notice, options.adminGroups)) return;
      await transport.sendMail({
        to: { name: "", address: notice.email },
        messageId: `<${noticeId}.${userId}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated" },
        ...composeMail(notice, options.publicUrl),
      });
      await markMailed(store.db, noticeId, userId, clock());
    },
    close: () => {
      transport.close();
    },
  };
}
