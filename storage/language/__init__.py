"""What is known of Korean and English, whatever an archive holds."""
