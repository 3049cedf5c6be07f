"""Assembly: settings, Postgres, the application, the command line."""
