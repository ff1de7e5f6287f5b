/** The mark: a gate that opens like a book. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden className={className}>
      <path d="M12 6.5 4 3.5v14l8 3 8-3v-14z" strokeLinejoin="round" />
      <path d="M12 6.5v14" />
      <path d="M8 12.2v.6M16 12.2v.6" strokeLinecap="round" />
    </svg>
  );
}
