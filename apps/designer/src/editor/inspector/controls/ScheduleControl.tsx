import { Input, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries } from '../../../api/queries.js';
import { draftOf, newSchedule, scheduleOf } from '../../../schedules/draft.js';
import { ScheduleEditor } from '../../../schedules/ScheduleEditor.js';
import type { ControlProps } from './control.js';
import { Pick } from './PickControls.js';

/** A stored schedule by its name, or one of the node's own. */
export function ScheduleControl(props: ControlProps) {
  const { t } = useTranslation();
  const { title, description, required, value, error, onChange } = props;
  const schedules = useQuery(queries.schedules());
  const own = typeof value === 'object' && value !== null;
  return (
    <Input.Wrapper
      label={title}
      description={description}
      withAsterisk={required}
      error={own ? error : null}
      labelElement="div"
    >
      <SegmentedControl
        fullWidth
        size="xs"
        my={6}
        aria-label={t('Which schedule')}
        data={[
          { value: 'named', label: t('A stored one') },
          { value: 'own', label: t('Its own') },
        ]}
        value={own ? 'own' : 'named'}
        onChange={(kind) => onChange(kind === 'own' ? scheduleOf(newSchedule()) : undefined)}
      />
      {own ? (
        <ScheduleEditor value={draftOf(value)} onChange={(draft) => onChange(scheduleOf(draft))} />
      ) : (
        <Pick
          {...props}
          title={t('Name')}
          description={null}
          names={(schedules.data ?? []).map(({ name }) => name)}
          placeholder={t('Name of a schedule')}
        />
      )}
    </Input.Wrapper>
  );
}
