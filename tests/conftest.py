"""What holds for all tests."""

from hypothesis import HealthCheck, settings

# A slow or busy machine is no reason for a property to fail.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
