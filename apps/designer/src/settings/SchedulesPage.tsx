export function SchedulesPage() { return <div>SchedulesPage</div>; }
