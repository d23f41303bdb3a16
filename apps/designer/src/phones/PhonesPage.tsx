export function PhonesPage() { return <div>PhonesPage</div>; }
