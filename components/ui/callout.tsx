import { clsx } from "clsx";
import { CircleAlert, Info, Lock, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  info: { className: "bg-level-info-soft", icon: Info, ink: "text-level-info" },
  risky: { className: "bg-level-risky-soft", icon: TriangleAlert, ink: "text-level-risky" },
  breaking: { className: "bg-level-breaking-soft", icon: CircleAlert, ink: "text-level-breaking" },
  denied: { className: "bg-sunken", icon: Lock, ink: "text-muted" },
} as const;

/** One thing that the reader should know before reading on: what happened, why, what to do. */
export function Callout({
  tone,
  title,
  role,
  children,
}: {
  readonly tone: keyof typeof tones;
  readonly title: ReactNode;
  readonly role?: "alert" | "status";
  readonly children?: ReactNode;
}) {
  const { className, icon: Icon, ink } = tones[tone];
  return (
    <div role={role} className={clsx("flex gap-2.5 rounded px-3 py-2.5", className)}>
      <Icon aria-hidden className={clsx("mt-0.5 size-4 shrink-0", ink)} />
      <div className="min-w-0 flex-1">
        <div className="font-medium wrap-anywhere">{title}</div>
        {children !== undefined && <div className="text-sm wrap-anywhere text-foreground">{children}</div>}
      </div>
    </div>
  );
}
