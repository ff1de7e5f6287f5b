/**
 * Signing in and out are forms with a token against forged requests; this fetches the token and sends the form, so that
 * the browser follows the redirects itself.
 */
export async function postAuthForm(action: string, callbackUrl: string): Promise<void> {
  const answer = await fetch("/api/auth/csrf");
  const body: unknown = await answer.json();
  const token =
    typeof body === "object" && body !== null && "csrfToken" in body && typeof body.csrfToken === "string"
      ? body.csrfToken
      : "";
  const form = document.createElement("form");
  form.method = "post";
  form.action = action;
  for (const [name, value] of Object.entries({ csrfToken: token, callbackUrl })) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }
  document.body.append(form);
  form.submit();
}
