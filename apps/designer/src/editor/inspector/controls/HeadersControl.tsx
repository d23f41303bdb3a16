import { useTranslation } from 'react-i18next';
import type { ControlProps } from './control.js';
import { NamedValues } from './NamedValues.js';

const EXAMPLE = 'X-Name';

/** Names with texts, such as headers. */
export function HeadersControl(props: ControlProps) {
  const { t } = useTranslation();
  return <NamedValues {...props} exampleName={EXAMPLE} addOne={t('Add a header')} valueOf={(text) => text} />;
}
