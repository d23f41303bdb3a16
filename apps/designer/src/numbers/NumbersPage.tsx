export function NumbersPage() { return <div>NumbersPage</div>; }
