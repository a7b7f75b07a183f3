"""The whole product on one machine: its database, its data, its processes, started and stopped together."""
