/** Keeps a choice of the reader for a year, where the server can read it before it renders. */
export function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}
