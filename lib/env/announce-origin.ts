/**
 * Says to next-auth where the portal is. It takes that from the environment alone, and would otherwise believe the Host
 * header; so this one variable is written, from PUBLIC_URL, before it is first asked.
 */
export function announceOrigin(publicUrl: string): void {
  process.env["NEXTAUTH_URL"] = `${new URL(publicUrl).origin}/api/auth`;
}
