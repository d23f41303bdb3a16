export function CallsPage() { return <div>CallsPage</div>; }
