export function MediaPage() { return <div>MediaPage</div>; }
