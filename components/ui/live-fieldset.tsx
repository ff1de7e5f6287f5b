"use client";

import { useSyncExternalStore } from "react";
import type { ReactNode } from "react";

const neverChanges = () => () => undefined;

/**
 * The controls of a form, to be used as soon as the page's code is there: what is typed into them before would be lost, and a
 * form that is sent before would be sent by the browser, its values in the address.
 */
export function LiveFieldset({ children }: { readonly children: ReactNode }) {
  const isLive = useSyncExternalStore(
    neverChanges,
    () => true,
    () => false,
  );
  return (
    <fieldset disabled={!isLive} className="contents">
      {children}
    </fieldset>
  );
}
