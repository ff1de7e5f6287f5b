"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { remember } from "./remember.ts";
import { themeCookie, themes } from "./theme.ts";
import type { Theme } from "./theme.ts";

const faces = {
  system: { icon: Monitor, word: "as the system" },
  light: { icon: Sun, word: "light" },
  dark: { icon: Moon, word: "dark" },
} as const;

/** Goes round system, light, dark. */
export function ThemeToggle({ initial }: { readonly initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const { icon: Icon, word } = faces[theme];
  const turn = () => {
    const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system";
    setTheme(next);
    remember(themeCookie, next);
    if (next === "system") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = next;
  };
  return (
    <Button look="quiet" size="icon" onClick={turn} aria-label={`Colours: ${word}`} title={`Colours: ${word}`}>
      <Icon aria-hidden className="size-4" />
    </Button>
  );
}
