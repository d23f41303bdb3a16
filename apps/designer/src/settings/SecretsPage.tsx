export function SecretsPage() { return <div>SecretsPage</div>; }
