export function TrunksPage() { return <div>TrunksPage</div>; }
