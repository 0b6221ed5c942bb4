"""The command line. `commands` declares it; each other module does what some commands say."""
