export function CallPage() { return <div>CallPage</div>; }
