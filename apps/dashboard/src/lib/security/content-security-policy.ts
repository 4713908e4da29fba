interface PolicyTerms {
  readonly nonce: string;
  /** React's development build explains errors with eval. */
  readonly development: boolean;
}

/** Everything comes from this server; scripts only with the page's nonce. */
export const contentSecurityPolicy = ({ nonce, development }: PolicyTerms): string =>
  [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Charts set widths in style attributes, which no nonce can allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
