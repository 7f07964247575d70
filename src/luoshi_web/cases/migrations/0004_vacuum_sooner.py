from django.db import migrations

# Lists are counted and words are sought in indexes alone, which PostgreSQL does where it has vacuumed since. The nightly
# run moves the ends of the open cases, a tenth of the table: by its defaults that is not enough to vacuum.
_SOONER = "ALTER TABLE cases_case SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02)"
_DEFAULT = "ALTER TABLE cases_case RESET (autovacuum_vacuum_scale_factor, autovacuum_analyze_scale_factor)"


def on_postgres(statement):
    def run(_apps, editor):
        if editor.connection.vendor == "postgresql":
            editor.execute(statement)

    return run


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_words_index")]

    operations = [migrations.RunPython(on_postgres(_SOONER), on_postgres(_DEFAULT))]
