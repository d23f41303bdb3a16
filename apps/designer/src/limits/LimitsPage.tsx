export function LimitsPage() { return <div>LimitsPage</div>; }
