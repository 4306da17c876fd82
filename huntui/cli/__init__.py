"""The command line: one file per subcommand, the only place that turns an error into an exit code."""
