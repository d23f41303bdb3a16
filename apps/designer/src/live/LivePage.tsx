export function LivePage() { return <div>LivePage</div>; }
